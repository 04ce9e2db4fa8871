/** What the stories of a lane are read from, made once for each lane, when somebody first asks for it. */
import { RequestRows } from '../../metrics/request-rows';
import type { SceneReader } from '../../metrics/scene';
import { StoryReader, type Story } from '../../metrics/story';
import type { LaneResult } from '../../model/run-result';

const rows = new WeakMap<LaneResult, RequestRows>();
const readers = new WeakMap<LaneResult, StoryReader>();

export function rowsOf(lane: LaneResult): RequestRows {
  let made = rows.get(lane);
  if (!made) rows.set(lane, (made = new RequestRows(lane)));
  return made;
}

/**
 * The story of a request, from what was kept of its run or from the stretch of it that was executed again last; undefined when it is in neither
 * from beginning to end.
 */
export function storyIn(kept: SceneReader, stretch: LaneResult, request: number): Story | undefined {
  const { lane } = kept;
  const story = readerOf(lane, () => new StoryReader(lane, rowsOf(lane), kept.requests)).story(request);
  return story ?? (stretch === lane ? undefined : readerOf(stretch, () => new StoryReader(stretch, rowsOf(lane))).story(request));
}

function readerOf(lane: LaneResult, make: () => StoryReader): StoryReader {
  let reader = readers.get(lane);
  if (!reader) readers.set(lane, (reader = make()));
  return reader;
}
