import { and, not, or, stateIn, type AnyStateMachine, type AnyStateNode } from 'xstate';
import type { Chart } from '../model/chart';

/** `detail` of a trace record has 16 bits. */
const CONFIGURATIONS_MAX = 65_536;

const COMBINATOR_NAMES = new Map<unknown, string>([
  [checkOf(and([])), 'and'],
  [checkOf(or([])), 'or'],
  [checkOf(not('')), 'not'],
  [checkOf(stateIn('')), 'in'],
]);

/**
 * A machine as plain data. `chart.configurations` holds every legal combination of active states (the root among them) in the order of
 * the document, reachable or not, so the index of a configuration depends on the machine alone: not on the run, nor on the engine.
 * Events of the chart: the type as written; `after 20000` or `after name` for a delayed transition; `always`; `done` for onDone.
 * A transition with several targets is listed once for each. @throws when there are more than 65,536 configurations.
 */
export function chartOf(machine: AnyStateMachine): Chart {
  const states: Chart['states'][number][] = [];
  const transitions: Chart['transitions'][number][] = [];
  visit(machine.root);
  return { id: machine.id, states, transitions, configurations: configurationsOf(machine.root) };

  function visit(node: AnyStateNode): void {
    states.push({ id: node.id, parent: node.parent?.id, kind: node.type, initial: isInitial(node) });
    for (const [event, candidates] of node.transitions) {
      for (const transition of candidates) addTransition(node, eventName(event, node), transition);
    }
    for (const transition of node.always ?? []) addTransition(node, 'always', transition);
    for (const child of childrenOf(node)) visit(child);
  }

  function addTransition(
    from: AnyStateNode,
    event: string,
    transition: { target?: unknown; guard?: unknown; actions: readonly unknown[] },
  ): void {
    const guard = transition.guard === undefined ? undefined : guardName(transition.guard);
    const actions = transition.actions.map(actionName);
    const targets = (transition.target as readonly AnyStateNode[] | undefined) ?? [undefined];
    for (const target of targets) transitions.push({ from: from.id, to: target?.id, event, guard, actions });
  }
}

/** The key under which a configuration is found, from its active states in the order of the document. */
function configurationKey(ids: readonly string[]): string {
  return ids.join('\n');
}

/** Finds the index of the configuration with these active nodes. */
export function configurationIndex(chart: Chart): (nodes: readonly AnyStateNode[]) => number {
  const indices = new Map(chart.configurations.map((ids, index) => [configurationKey(ids), index]));
  return (nodes) => {
    const ids = [...nodes].sort((a, b) => a.order - b.order).map((node) => node.id);
    const index = indices.get(configurationKey(ids));
    if (index === undefined) throw new Error(`Machine "${chart.id}" entered an illegal configuration: ${ids.join(', ')}`);
    return index;
  };
}

function configurationsOf(node: AnyStateNode): readonly (readonly string[])[] {
  const children = childrenOf(node).filter((child) => child.type !== 'history');
  let inner: (readonly string[])[] = [[]];
  if (node.type === 'compound') inner = children.flatMap(configurationsOf);
  if (node.type === 'parallel') {
    for (const child of children) {
      const choices = configurationsOf(child);
      if (inner.length * choices.length > CONFIGURATIONS_MAX) {
        throw new Error(`Machine "${node.machine.id}" has more than ${CONFIGURATIONS_MAX} configurations`);
      }
      inner = inner.flatMap((before) => choices.map((choice) => [...before, ...choice]));
    }
  }
  return inner.map((ids) => [node.id, ...ids]);
}

function childrenOf(node: AnyStateNode): readonly AnyStateNode[] {
  return Object.values(node.states);
}

function isInitial(node: AnyStateNode): boolean {
  const { parent } = node;
  if (parent === undefined) return true;
  if (node.type === 'history') return false;
  return parent.type === 'parallel' || parent.initial.target.includes(node);
}

function eventName(event: string, node: AnyStateNode): string {
  const delayed = node.after.find(({ eventType }) => eventType === event);
  if (delayed) return `after ${String(delayed.delay)}`;
  return event === `xstate.done.state.${node.id}` ? 'done' : event;
}

/** The name of an action or a guard as the machine's author wrote it; a function without a name is `inline`. */
function actionName(action: unknown): string {
  if (typeof action === 'string') return action;
  if (typeof action === 'object' && action !== null) return (action as { type: string }).type;
  const builtIn = action as { type?: string; name: string };
  return builtIn.type?.replace(/^xstate\./, '') ?? (builtIn.name || 'inline');
}

function guardName(guard: unknown): string {
  const combinator = COMBINATOR_NAMES.get(checkOf(guard));
  if (combinator === undefined) return actionName(guard);
  const { guards, stateValue } = guard as { guards?: readonly unknown[]; stateValue?: unknown };
  if (guards === undefined) return `in ${typeof stateValue === 'string' ? stateValue : JSON.stringify(stateValue)}`;
  return combinator === 'not' ? `not ${guardName(guards[0])}` : `(${guards.map(guardName).join(` ${combinator} `)})`;
}

function checkOf(guard: unknown): unknown {
  return typeof guard === 'function' ? (guard as { check?: unknown }).check : undefined;
}
