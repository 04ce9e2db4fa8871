import { outside } from '../machines/outside';

export type Context = Record<string, unknown>;

export interface MachineEvent {
  readonly type: string;
  readonly payload?: unknown;
}

/** What the functions of a machine see. They decide and compute; whatever reaches out of the machine belongs to a hook. */
export class View {
  constructor(
    public context: Context,
    public event: MachineEvent,
  ) {}
  get self(): never {
    throw new Error('self does not exist in a specialised machine; send events from a hook');
  }
  get system(): never {
    throw new Error('system does not exist in a specialised machine');
  }
  get spawn(): never {
    throw new Error('spawn does not exist in a specialised machine');
  }
}

export type Test = (view: View) => boolean;

/** An `assign`: `run` carries it out. */
export interface Change {
  readonly run: (view: View) => void;
  /** Its only value, if it assigns just one. */
  readonly only: { readonly key: string; readonly compute: (view: View) => unknown } | undefined;
}

export type Delay = (view: View) => number;

/** A custom action: its name, if it has one, and what the machine itself says it does. */
export interface Act {
  readonly name: string | undefined;
  readonly run: ((view: View) => void) | undefined;
}

type WithParams<T> = (view: View, params: unknown) => T;

function paramsOf(params: unknown, view: View): unknown {
  return typeof params === 'function' ? (params as WithParams<unknown>)(view, undefined) : params;
}

/** Binds the `params` of `{ type, params }`, which may be a function of context and event. */
export function bindParams<T>(run: WithParams<T>, params: unknown): (view: View) => T {
  return params === undefined ? (run as (view: View) => T) : (view) => run(view, paramsOf(params, view));
}

export function actOf(name: string | undefined, run: unknown, params: unknown): Act {
  const effective = run === undefined || run === outside ? undefined : bindParams(run as WithParams<void>, params);
  return { name, run: effective };
}

/**
 * `assign` that changes the context in place. As in XState every new value is computed from the old ones before any is written.
 */
export function changeOf(assignment: unknown, params: unknown): Change {
  if (typeof assignment === 'function') {
    const compute = bindParams(assignment as WithParams<Context>, params);
    const run = (view: View): void => {
      const { context } = view;
      const partial = compute(view);
      for (const key in partial) context[key] = partial[key];
    };
    return { run, only: undefined };
  }
  const entries = Object.entries(assignment as Context).map(([key, value]) => ({ key, compute: valueOf(value, params) }));
  const [only] = entries;
  if (only !== undefined && entries.length === 1) {
    const { key, compute } = only;
    return { run: (view) => void (view.context[key] = compute(view)), only };
  }
  const values: unknown[] = entries.map(() => undefined);
  const run = (view: View): void => {
    const { context } = view;
    for (let index = 0; index < entries.length; index++) values[index] = entries[index]!.compute(view);
    for (let index = 0; index < entries.length; index++) context[entries[index]!.key] = values[index];
  };
  return { run, only: undefined };
}

function valueOf(value: unknown, params: unknown): (view: View) => unknown {
  return typeof value === 'function' ? bindParams(value as WithParams<unknown>, params) : () => value;
}
