/** A story without a chain of causes says why there is none. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { RequestRows } from '../../../src/metrics/request-rows';
import { StoryReader } from '../../../src/metrics/story';
import { noPathText } from '../../../src/ui/story/story-text';
import { runFile } from '../../world/run-file';

function told(name: string, variant: string | null): string {
  const file: unknown = JSON.parse(readFileSync(`public/scenarios/${name}.json`, 'utf8'));
  const lane = runFile(file, { variant, maxEvents: 8_000 });
  const story = new StoryReader(lane, new RequestRows(lane)).story(1)!;
  return story.path ? 'path' : noPathText(story, (key) => key);
}

it('a report over a stream, or worked on by its client in the end, says why no chain of causes is proved', () => {
  expect(told('streams', null)).toBe('story.noPathOverStream');
  expect(told('streams', 'a slow reader')).toBe('story.noPathOverStream');
  expect(told('streams', 'all at once')).toBe('story.noPathToEnd');
  expect(told('request-reply', null)).toBe('path');
});
