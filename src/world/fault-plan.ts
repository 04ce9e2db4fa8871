/** The scenario's list of faults at work: each begins and ends at its time, at the components and ways of links that it is about. */
import type { Fault } from '../model/faults/fault';
import { FaultVerb } from '../model/faults/fault';
import type { Scenario } from '../model/scenario';
import { RecordKind } from '../model/trace';
import { EventKind } from './event-kind';
import type { LinkNode } from './link-node';
import type { World } from './world';

export class FaultPlan {
  private readonly ways = new Map<string, LinkNode>();

  constructor(
    private readonly world: World,
    private readonly scenario: Scenario,
  ) {}

  isAboutComponent(id: string): boolean {
    return this.scenario.faults.some((fault) => fault.kind === 'component' && fault.component === id);
  }

  isAboutWay(link: number, way: 'forth' | 'back'): boolean {
    return this.scenario.faults.some((fault) => fault.kind === 'link' && fault.link.link === link && fault.link[way]);
  }

  addWay(link: number, name: 'forth' | 'back', way: LinkNode): void {
    this.ways.set(`${link} ${name}`, way);
  }

  /** Before anything else is scheduled: of two things at one instant the fault is first. */
  schedule(): void {
    const { kernel } = this.world;
    for (const fault of this.scenario.faults) {
      kernel.schedule(fault.atMicros, EventKind.tick, { tick: () => this.begin(fault) });
    }
  }

  private begin(fault: Fault): void {
    const { kernel } = this.world;
    this.record(RecordKind.faultStarted, fault, fault.untilMicros ?? -1);
    if (fault.kind === 'component')
      this.world.topology.node(fault.component).availability!.begin(fault.trouble, fault.untilMicros ?? Infinity);
    else for (const way of this.waysOf(fault)) way.disturbance!.begin(fault.trouble);
    if (fault.untilMicros !== undefined) kernel.schedule(fault.untilMicros - kernel.now, EventKind.tick, { tick: () => this.end(fault) });
  }

  private end(fault: Fault): void {
    this.record(RecordKind.faultEnded, fault, 0);
    if (fault.kind === 'component') this.world.topology.node(fault.component).availability!.end(fault.trouble);
    else for (const way of this.waysOf(fault)) way.disturbance!.end(fault.trouble);
  }

  private record(kind: RecordKind, fault: Fault, value: number): void {
    const { kernel, recorder, topology } = this.world;
    const places = fault.kind === 'component' ? [topology.node(fault.component).place] : this.waysOf(fault).map(({ place }) => place);
    for (const place of places) recorder.record(kernel.now, kind, place, 0, fault.index, FaultVerb[fault.trouble.verb], value);
  }

  private waysOf(fault: Extract<Fault, { kind: 'link' }>): LinkNode[] {
    return (['forth', 'back'] as const).filter((way) => fault.link[way]).map((way) => this.ways.get(`${fault.link.link} ${way}`)!);
  }
}
