/** The alerts of a run: looks at each as often as it asks for, through what the trace says so far. Only scenarios with alerts have one. */
import { AlertValues } from '../../metrics/alert-values';
import { alertMachine } from '../../machines/index';
import { LIMITS } from '../../model/limits';
import type { Alert } from '../../model/alerts/alert';
import { serviceOf } from '../../model/replicas';
import { RecordKind, type TraceChunk } from '../../model/trace';
import type { Definition } from '../driver';
import { EventKind } from '../event-kind';
import type { Node } from '../node';
import { Part } from '../policies/part';
import { LimitMet } from '../stop';
import type { World } from '../world';

export class AlertWatch {
  private readonly values: AlertValues;
  /** The first record that has not been looked at. */
  private next = 0;

  constructor(private readonly world: World) {
    const { scenario, places, instruments, driver, kernel } = world;
    const definition = driver.define(alertMachine);
    this.values = new AlertValues(scenario, scenario.alerts, [...places], instruments.list);
    for (const [index, alert] of scenario.alerts.entries()) {
      const part = new AlertPart(world, alert, index, definition);
      const tick = (): void => {
        this.look(part);
        kernel.schedule(alert.everyMicros, EventKind.tick, { tick });
      };
      kernel.schedule(alert.everyMicros, EventKind.tick, { tick });
    }
  }

  /** A chunk of the trace is full, or the last. */
  read(chunk: TraceChunk): void {
    const end = chunk.first + chunk.count;
    if (end <= this.next) return;
    this.values.add(chunk, this.next - chunk.first, chunk.count);
    this.next = end;
    if (this.values.isFull) throw new LimitMet('problem.alertValues', { max: LIMITS.alertValues });
  }

  private look(part: AlertPart): void {
    this.read(this.world.recorder.unfinished());
    part.found(this.values.valueOf(part.index, this.world.kernel.now));
  }
}

class AlertPart extends Part {
  private value = 0;
  private readonly events: Readonly<Record<'holds' | 'clears', number>>;

  constructor(
    world: World,
    private readonly alert: Alert,
    readonly index: number,
    definition: Definition,
  ) {
    super(
      world,
      { id: alert.id, of: componentOf(world, alert), to: undefined },
      definition,
      { forMicros: alert.forMicros },
      { fire: () => this.note(RecordKind.alertFired), resolve: () => this.note(RecordKind.alertResolved) },
      'alert',
    );
    this.events = { holds: definition.event('holds'), clears: definition.event('clears') };
  }

  /** What a look has measured. Of nothing, no condition holds. */
  found(value: number | undefined): void {
    const { above, below } = this.alert;
    const holds = value !== undefined && (above === undefined ? value < below! : value > above);
    this.value = value ?? 0;
    this.send(holds ? this.events.holds : this.events.clears, { nowMicros: this.world.kernel.now });
  }

  private note(kind: RecordKind): void {
    this.world.recorder.record(this.world.kernel.now, kind, this.place, 0, this.index, 0, this.value);
  }
}

/** Where it stands in the trace: at what it is about, or at the first client. */
function componentOf({ topology }: World, { of }: Alert): Node {
  const nodes = [...topology.nodes];
  return nodes.find(({ id, model }) => (of === undefined ? model.kind === 'client' : id === of || serviceOf(id) === of))!;
}
