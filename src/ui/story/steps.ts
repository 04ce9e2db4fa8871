/** Going through the story of the selected request: to what caused what is shown, or to what came of it. */
import type { Hop } from '../../metrics/hop';
import type { Story } from '../../metrics/story';
import { nextEffect, previousCause } from '../../metrics/story-walk';
import type { LaneResult } from '../../model/run-result';
import type { Lab } from '../../state/lab.svelte';
import { t } from '../../i18n/t.svelte';
import { instantText } from '../timeline/time-text';
import { storyIn } from './stories';
import { hopText, reasonText } from './story-text';

type State = Pick<Lab, 'playhead' | 'selection' | 'readers' | 'older'>;

/** Moves the playhead to a hop, and selects where it was. Returns what there is to say of it. */
export function goToHop({ playhead, selection }: Pick<State, 'playhead' | 'selection'>, story: Story, lane: LaneResult, hop: Hop): string {
  playhead.pause();
  playhead.seek(hop.fromMicros);
  selection.selectHop(hop.index);
  const place = lane.places[hop.place];
  if (place && place.kind !== 'link') selection.selectPlace(selection.lane, hop.place);
  const reason = reasonText(hop, t);
  const text = hopText(hop, story, lane, t);
  return t('story.at', {
    at: instantText(hop.fromMicros),
    text: reason === undefined || hop.reason === hop.kind ? text : `${text} (${reason})`,
  });
}

/** One step through the story of the selected request. Returns what there is to say, also when there is nowhere to go. */
export function step(state: State, to: 'cause' | 'effect'): string {
  const { selection, playhead, readers, older } = state;
  const reader = readers.drawn.readers[selection.lane];
  if (!reader || selection.request === undefined) return t('story.noRequest');
  const { lane } = reader;
  const story = storyIn(reader, older.rangeOf(lane), selection.request);
  if (!story) return t('story.notKept', { request: selection.request });
  const find = to === 'cause' ? previousCause : nextEffect;
  const hop = find(story, playhead.timeMicros, selection.hop);
  if (!hop) return t(to === 'cause' ? 'story.noCause' : 'story.noEffect');
  return goToHop(state, story, lane, hop);
}
