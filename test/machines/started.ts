import type { AnyStateMachine } from 'xstate';
import { Driver } from '../../src/world/driver';

/** A started machine that tells what it does: `after` sends events and answers with the actions they caused. */
export function started(machine: AnyStateMachine, input: Record<string, unknown> = {}) {
  const definition = new Driver('specialised').define(machine);
  const done: string[] = [];
  const names = new Set(definition.chart.transitions.flatMap(({ actions }) => actions));
  const instance = definition.create(input, { actions: Object.fromEntries([...names].map((name) => [name, () => done.push(name)])) });
  return {
    after(...events: string[]): string[] {
      done.length = 0;
      for (const event of events) instance.send(definition.event(event));
      return [...done];
    },
    get state(): string {
      return definition.chart.configurations[instance.configuration]!.at(-1)!.replace(/^.*\./, '');
    },
    count: (name: string): number => instance.context[name] as number,
  };
}
