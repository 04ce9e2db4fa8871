/** The attackers of a lane at an instant: where they are, whether it is their time, and what they have come by. */
import type { LaneResult } from '../../model/run-result';
import { RecordKind } from '../../model/trace';
import type { Scene } from '../../metrics/scene';

export interface StagedAttacker {
  readonly name: string;
  /** Place of the way that they are on, and the ends of it. */
  readonly way: number;
  readonly from: string;
  readonly to: string;
  readonly isPresent: boolean;
  /** Acts on this way so far, and those that were taken for what they seemed. */
  readonly acts: number;
  readonly accepted: number;
}

export function attackersOf(lane: LaneResult, scene: Scene): readonly StagedAttacker[] {
  return lane.places.flatMap((place, index): StagedAttacker[] => {
    const way = place.kind === 'attacker' ? lane.places[place.way] : undefined;
    if (place.kind !== 'attacker' || way?.kind !== 'link') return [];
    const present =
      lane.charts[lane.chartOfPlace[index] ?? -1]?.configurations.findIndex((ids) => ids.includes('attacker.onTheLink')) ?? -1;
    const counts = scene.places[place.way]?.counts;
    return [
      {
        name: place.id,
        way: place.way,
        from: way.from,
        to: way.to,
        isPresent: (scene.places[index]?.configurations[present] ?? 0) > 0,
        acts: counts?.[RecordKind.attacked] ?? 0,
        accepted: counts?.[RecordKind.attackAccepted] ?? 0,
      },
    ];
  });
}
