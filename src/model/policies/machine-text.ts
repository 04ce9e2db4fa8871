/** A machine as the text of a machine file: what a learner opens to edit. Only for machines that such a file can say. */
import type { Chart } from '../chart';

interface Written {
  target?: string;
  guard?: string;
  actions?: string | readonly string[];
}

export function machineText(chart: Chart): string {
  const nameOf = (id: string): string => id.slice(id.lastIndexOf('.') + 1);
  const states = chart.states.filter(({ parent }) => parent !== undefined);
  const written = states.map(({ id }) => {
    const on: Record<string, Written[]> = {};
    const after: Record<string, Written[]> = {};
    for (const { from, to, event, guard, actions } of chart.transitions) {
      if (from !== id) continue;
      const delay = /^after (.*)$/.exec(event)?.[1];
      const place = delay === undefined ? (on[event] ??= []) : (after[delay] ??= []);
      place.push({
        ...(to !== undefined && { target: nameOf(to) }),
        ...(guard !== undefined && { guard }),
        ...(actions.length > 0 && { actions: actions.length === 1 ? actions[0]! : actions }),
      });
    }
    return [nameOf(id), { ...(Object.keys(on).length > 0 && { on }), ...(Object.keys(after).length > 0 && { after }) }] as const;
  });
  const initial = states.find((state) => state.initial);
  const machine = { id: chart.id, initial: initial ? nameOf(initial.id) : '', states: Object.fromEntries(written) };
  return `${JSON.stringify(machine, (_key, value: unknown) => (Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value), 2)}\n`;
}
