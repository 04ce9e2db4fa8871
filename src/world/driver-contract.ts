import type { Chart } from '../model/chart';

/** `specialised`: machines run from tables that XState itself has filled. `xstate`: they run as real XState actors. */
export type Engine = 'specialised' | 'xstate';

/** What surrounds one instance of a machine. Every hook is called while the instance is busy: an event sent to it then waits its turn. */
export interface Hooks {
  /**
   * What each named action does, instead of what the machine's setup says; it receives the payload of the event that caused it.
   * An action without an entry does what the setup says, which for most is nothing. Actions that `assign` are not looked up here.
   */
  readonly actions?: Readonly<Record<string, (payload: unknown) => void>>;
  /**
   * Starts a timer (`after`, or a raised event with a delay): in `delayMicros`, send the event of this type to the instance.
   * A timer whose id is still running is joined by the new one; `cancel` then reaches only the newest.
   */
  readonly schedule?: (eventType: string, delayMicros: number, id: string) => void;
  readonly cancel?: (id: string) => void;
  /** Called after a transition that ended in another configuration, with its index in `chart.configurations`; not for the first one. */
  readonly stateChanged?: (configuration: number) => void;
}

/** A machine made ready to run. */
export interface Definition {
  readonly chart: Chart;
  /** The number of an event, for `send`. Any type has one; a machine ignores those it does not know. */
  event(type: string): number;
  /** Starts an instance in its initial configuration and carries out its first actions. */
  create(input: Readonly<Record<string, unknown>>, hooks: Hooks): Instance;
}

export interface Instance {
  /** The values as they are now; the object may be changed by the next event, so copy what you keep. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Index in `chart.configurations`; while an event is being processed, the one from which it started. */
  readonly configuration: number;
  /**
   * Processes the event to its end. Sent from within one of the instance's own hooks it waits until the event under way is finished.
   * Machines see the payload as `event.payload`. @throws what a guard, an action or a hook throws; the instance is then unusable.
   */
  send(event: number, payload?: unknown): void;
}
