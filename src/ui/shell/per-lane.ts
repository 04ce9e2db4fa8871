/** What views find out about a lane, once for each run: beforehand in slices, so that the page answers meanwhile. */
import { atOnce } from '../../metrics/steps';
import type { LaneResult } from '../../model/run-result';
import { inSlices } from './in-slices';

/** `Key` says which of several things of one kind, such as the place that is looked at. */
export class PerLane<Found, Key extends string | number = ''> {
  private readonly made = new WeakMap<LaneResult, Map<Key, { readonly found: Found }>>();
  private readonly coming = new WeakMap<LaneResult, Map<Key, Promise<Found>>>();

  constructor(private readonly steps: (lane: LaneResult, key: Key) => Generator<undefined, Found>) {}

  /** Found at once when nobody has asked for it beforehand. */
  of(lane: LaneResult, ...[key]: KeyOf<Key>): Found {
    const known = entry(this.made, lane);
    let one = known.get(key as Key);
    if (!one) known.set(key as Key, (one = { found: atOnce(this.steps(lane, key as Key)) }));
    return one.found;
  }

  /** From then on `of` has it. */
  soon(lane: LaneResult, ...[key]: KeyOf<Key>): Promise<Found> {
    const known = entry(this.made, lane).get(key as Key);
    if (known) return Promise.resolve(known.found);
    const coming = entry(this.coming, lane);
    let one = coming.get(key as Key);
    if (!one) coming.set(key as Key, (one = this.make(lane, key as Key)));
    return one;
  }

  private async make(lane: LaneResult, key: Key): Promise<Found> {
    try {
      const found = await inSlices(this.steps(lane, key));
      entry(this.made, lane).set(key, { found });
      return found;
    } finally {
      // One that failed is made anew for whoever asks next.
      entry(this.coming, lane).delete(key);
    }
  }
}

type KeyOf<Key> = Key extends '' ? [] : [key: Key];

function entry<Key, Value>(maps: WeakMap<LaneResult, Map<Key, Value>>, lane: LaneResult): Map<Key, Value> {
  let map = maps.get(lane);
  if (!map) maps.set(lane, (map = new Map()));
  return map;
}
