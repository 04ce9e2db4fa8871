/** The sentence on where a request's time went names what took most of it, in however many pieces. */
import { expect, it } from 'vitest';
import english from '../../../src/i18n/en/story.json';
import { SceneReader } from '../../../src/metrics/scene';
import { atOnce } from '../../../src/metrics/steps';
import { rowsOf, storyIn } from '../../../src/ui/story/stories';
import { headline } from '../../../src/ui/story/story-text';
import { SHIPPED } from '../../golden/shipped-scenarios';
import { runFile } from '../../world/run-file';

const TEXTS: Readonly<Record<string, string>> = english;
const words = (key: string, params: Readonly<Record<string, string | number>> = {}): string =>
  (TEXTS[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name]));

it.each([
  ['http2-flow-control', /^Request \d+ took 12\.5 s: 12 s of it waiting for the window of the connection from store to client\.$/],
  ['bulkhead', /^Request \d+ took 11\.6 s: 11\.6 s of it being worked on by slow\.$/],
  ['same-row', /^Request \d+ took 56\.8 s: 56\.7 s of it in attempts that came to nothing, and pauses between them\.$/],
])('%s', (name, sentence) => {
  const lane = runFile(SHIPPED.find((shipped) => shipped.name === name)!.file, { variant: null });
  const [slowest] = atOnce(rowsOf(lane).orderedInSteps('time', 'all'));
  expect(headline(storyIn(new SceneReader(lane), lane, slowest!)!, lane, words)).toMatch(sentence);
});
