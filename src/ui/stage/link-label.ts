/** What a way of a link says of itself: its delay, and its loss if it has any. */
import type { Graph } from '../../geometry/graph';
import { pointOnPath } from '../../geometry/path';
import type { Topology } from '../../geometry/topology';
import type { Distribution } from '../../model/distribution';
import type { LinkWay } from '../../model/kinds/link';
import { replicaNumber } from '../../model/replicas';
import type { Scenario } from '../../model/scenario';
import { spanText } from '../timeline/time-text';

interface LinkLabel {
  readonly delay: string;
  /** `1 %`; empty when nothing gets lost. */
  readonly loss: string;
}

export interface PlacedLabel extends LinkLabel {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'middle' | 'start';
}

/** Beside the way of a link that runs straight down, in px. */
const ASIDE = 8;

/** Above each link, and below it when its ways differ; beside one that runs straight down. */
export function placeLabels({ links }: Graph, scenario: Scenario | undefined, { paths }: Topology): readonly PlacedLabel[] {
  const placed = links.flatMap(({ link, forth, back }): PlacedLabel[] => {
    const model = scenario?.links[link];
    const ways = [paths.get(forth), paths.get(back)];
    // The links to the replicas of a service are all alike: one of them says it.
    if (!model || !ways[0] || !ways[1] || replicaNumber(model.from) > 1 || replicaNumber(model.to) > 1) return [];
    const [there, home] = [linkLabel(model.forth), linkLabel(model.back)];
    const same = there.delay === home.delay && there.loss === home.loss;
    const [a, b] = ways.map((path) => pointOnPath(path!, 0.5));
    const above = a!.y <= b!.y ? 0 : 1;
    const texts = above === 0 ? [there, home] : [home, there];
    const isUpright = ways.every((path) => path!.points[0]!.x === path!.points.at(-1)!.x);
    const at = isUpright
      ? ({ x: Math.max(a!.x, b!.x) + ASIDE, y: a!.y, anchor: 'start' } as const)
      : ({ x: (a!.x + b!.x) / 2, y: Math.min(a!.y, b!.y) - 12, anchor: 'middle' } as const);
    const below = isUpright ? a!.y + 12 : Math.max(a!.y, b!.y) + 20;
    return [{ key: `${link} above`, ...at, ...texts[0]! }, ...(same ? [] : [{ key: `${link} below`, ...at, y: below, ...texts[1]! }])];
  });
  // Two links between the same components, one each way, lie on each other: what they say alike is said once.
  const isAlike = (one: PlacedLabel, other: PlacedLabel): boolean =>
    Math.hypot(one.x - other.x, one.y - other.y) < 1 && one.delay === other.delay && one.loss === other.loss;
  return placed.filter((label, index) => placed.findIndex((other) => isAlike(label, other)) === index);
}

/** Room for a word of the stage, in px: as long as the longest beside a component, as high as its line. */
const WORD = { width: 76, height: 13 };

/** Where a text that ends at x has no label of a link in its way: there, or below what is. A label stands above its place, around its middle. */
export function clearOf(labels: readonly PlacedLabel[], x: number, y: number): number {
  const isInTheWay = (label: PlacedLabel): boolean =>
    Math.abs(label.y - y) < WORD.height && label.x + WORD.width / 2 > x - WORD.width && label.x - WORD.width / 2 < x;
  const lowest = Math.max(...labels.filter(isInTheWay).map((label) => label.y));
  return Number.isFinite(lowest) ? lowest + WORD.height : y;
}

function linkLabel({ delay, loss }: LinkWay): LinkLabel {
  return { delay: delayText(delay), loss: loss > 0 ? `${Number((loss * 100).toPrecision(3))} %` : '' };
}

function delayText(delay: Distribution): string {
  switch (delay.kind) {
    case 'constant':
      return spanText(delay.micros);
    case 'uniform':
      return `${spanText(delay.lowMicros)} – ${spanText(delay.highMicros)}`;
    case 'normal':
    case 'lognormal':
      return `${spanText(delay.meanMicros)} ± ${spanText(delay.sdMicros)}`;
    case 'exponential':
    case 'erlang':
    case 'hyperexponential':
      return `~ ${spanText(delay.meanMicros)}`;
    case 'pareto':
      return `≥ ${spanText(delay.minMicros)}`;
    case 'empirical':
      return `~ ${spanText(delay.valuesMicros.reduce((sum, micros) => sum + micros, 0) / Math.max(1, delay.valuesMicros.length))}`;
  }
}
