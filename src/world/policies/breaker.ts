/** A circuit breaker for the calls of one component to one service. */
import { breakerMachine } from '../../machines/index';
import type { BreakerPolicy } from '../../model/policies/policy';
import type { Status } from '../status';
import type { World } from '../world';
import { failureWindow, type FailureWindow } from './failure-window';
import { definitionOf } from './edited-machines';
import { Part, type PartNames } from './part';

/** Whoever asked wrongly has no reason to think that the service is ill (as the gRPC status codes divide the blame). */
const CALLERS_FAULT: ReadonlySet<Status> = new Set<Status>(['INVALID_ARGUMENT']);

export class Breaker extends Part {
  /** Changes with the state: how an attempt ends counts only while the state lasts in which it was permitted. */
  private term = 0;
  private readonly window: FailureWindow;
  private readonly callEvent: number;
  private readonly succeededEvent: number;
  private readonly failedEvent: number;

  constructor(world: World, names: PartNames, { failureRate, minCalls, probes, openMicros, window, machine }: BreakerPolicy) {
    const definition = definitionOf(world, breakerMachine, machine);
    const input = { failureRate, minCalls, probes, openMicros };
    super(world, names, definition, input, { clearWindow: () => this.window.clear() });
    this.window = failureWindow(window);
    this.callEvent = definition.event('call');
    this.succeededEvent = definition.event('succeeded');
    this.failedEvent = definition.event('failed');
  }

  /** The term to report the outcome with; undefined when the attempt must not go out. */
  permit(): number | undefined {
    return this.ask(this.callEvent) ? this.term : undefined;
  }

  /** How a permitted attempt ended: the status of its failure, or undefined when it was answered. */
  ended(term: number, status: Status | undefined): void {
    if (term !== this.term) return;
    const { window } = this;
    const failed = status !== undefined && !CALLERS_FAULT.has(status);
    window.add(failed, this.world.kernel.now);
    this.send(failed ? this.failedEvent : this.succeededEvent, window);
  }

  protected override stateChanged(): void {
    this.term++;
  }
}
