/** What goes wrong in the lanes of a chart and when, in the words of the stage: the list of faults of the scenarios as they were run. */
import type { FaultTimes } from '../../geometry/fault-bands';
import type { Fault } from '../../model/faults/fault';
import { serviceOf } from '../../model/replicas';
import type { Scenario } from '../../model/scenario';
import { instantText } from '../timeline/time-text';
import type { Translate } from '../stage/describe';
import type { ChartedLane } from './lane-courses';

export interface ChartFault extends FaultTimes {
  readonly name: string;
}

/** A fault that several lanes have is one; one that not all have names its lanes. */
export function faultsOfLanes(lanes: readonly Pick<ChartedLane, 'title' | 'scenario'>[], t: Translate): readonly ChartFault[] {
  const found = new Map<string, { readonly fault: ChartFault; readonly titles: Set<string> }>();
  for (const { title, scenario } of lanes) {
    for (const fault of scenario?.faults ?? []) {
      const name = `${t(`log.fault.${fault.trouble.verb}`)} ${aboutWhat(fault, scenario!)}`;
      // How long a rolling update takes is decided in the run: here it is the instant at which it begins.
      const times = { fromMicros: fault.atMicros, untilMicros: fault.kind === 'deploy' ? fault.atMicros : fault.untilMicros };
      const key = `${name} ${times.fromMicros} ${times.untilMicros}`;
      const same = found.get(key);
      if (same) same.titles.add(title);
      else found.set(key, { fault: { name, ...times }, titles: new Set([title]) });
    }
  }
  return [...found.values()].map(({ fault, titles }) =>
    titles.size === lanes.length ? fault : { ...fault, name: `${fault.name} · ${[...titles].join(', ')}` },
  );
}

/** Name and times in words. */
export function faultText({ name, fromMicros, untilMicros }: ChartFault, t: Translate): string {
  const key = untilMicros === undefined ? 'build.faultLabelEndless' : untilMicros === fromMicros ? 'charts.faultAt' : 'charts.fault';
  return t(key, { name, from: instantText(fromMicros), to: instantText(untilMicros ?? fromMicros) });
}

/** About how many px the label of a band takes: Chinese characters are as wide as they are high. */
export function labelWidth({ name }: ChartFault): number {
  return [...name].reduce((sum, sign) => sum + (sign >= '\u2e80' ? 10.2 : 6), 18);
}

function aboutWhat(fault: Fault, { links }: Scenario): string {
  if (fault.kind === 'broker') return `${fault.components[0]}#${fault.broker}`;
  if (fault.kind === 'link') {
    return together(fault.links, ({ link, forth, back }, name) => {
      const { from, to } = links[link]!;
      return forth && back ? `${name(from)} ⇄ ${name(to)}` : forth ? `${name(from)} → ${name(to)}` : `${name(to)} → ${name(from)}`;
    });
  }
  const components = together(fault.components, (id, name) => name(id));
  if (fault.kind !== 'set') return components;
  const changed = together(fault.links, (link, name) => `${name(links[link]!.from)} → ${name(links[link]!.to)}`);
  return [components, changed].filter((text) => text !== '').join(', ');
}

/** One by its own name; the replicas of a service, and their links, by the service's. */
function together<Item>(items: readonly Item[], write: (item: Item, name: (id: string) => string) => string): string {
  const name = items.length > 1 ? serviceOf : (id: string): string => id;
  return [...new Set(items.map((item) => write(item, name)))].join(', ');
}
