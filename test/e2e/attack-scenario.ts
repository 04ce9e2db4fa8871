/** An attack as the handler of a small scenario, with the tools that it uses. */
import type { Attack } from './attacks';

export interface Targets {
  readonly own: string;
  readonly other: string;
  readonly socket: string;
  readonly stunPort: number;
}

/**
 * `graph(…roots)` walks all that can be reached from the roots by own and inherited properties, getters included, nearest first:
 * the names under which it met objects of the simulator, and the functions that are not the language's own.
 */
export const GRAPH = `const graph = (...roots) => {
  const names = new Set(), methods = new Set(), seen = new Set(), open = roots, ends = [null, Object.prototype, Object.getPrototypeOf(() => 0)]
  for (let next = 0; next < open.length && seen.size < 5000; next++) {
    const value = open[next]
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue
    seen.add(value)
    if (typeof value === 'function' && !String(value).includes('[native code]')) methods.add(value)
    open.push(Object.getPrototypeOf(value))
    for (let holder = value; !ends.includes(holder); holder = Object.getPrototypeOf(holder)) {
      for (const key of Reflect.ownKeys(holder)) {
        let part
        try { part = value[key] } catch {}
        if (part && /^(kernel|world|recorder|invocation|generator|machine|scenario|driver|streams|chain|waiter|settled)$/.test(String(key))) names.add(String(key))
        open.push(part)
      }
    }
  }
  return { names, methods }
}`;

/** What attacks share, each piece given only to those that use it: most pieces do not pass the compiler. */
const TOOLS: Readonly<Record<string, string>> = {
  host: 'const host = globalThis',
  realMath: 'const realMath = globalThis.Math',
  code: `const code = (text) => (() => {})['constr' + 'uctor'](text)`,
  peek: `const peek = (name) => { try { return globalThis.eval('typeof ' + name) === 'undefined' ? undefined : name } catch { return undefined } }`,
  lexical: `const lexical = ['realTime', 'loop', 'executor', 'meter', 'lockDown']`,
  graph: GRAPH,
};

/** The handler file for an attack. It tries once, and answers every request in the ordinary way, whatever the attack does. */
export function attackFile({ code }: Attack, targets: Targets): string {
  const tools = Object.entries(TOOLS).flatMap(([name, text]) => (new RegExp(`\\b${name}\\b`).test(code) ? [text] : []));
  return `
const at = ${JSON.stringify(targets)}
${tools.join('\n')}
let tried = false
export async function onRequest(request, ctx) {
  const found = (what) => ctx.log('FOUND ' + String(what))
  const wait = () => ctx.sleep('100s')
  if (!tried) {
    tried = true
    try {
      await (async () => { ${code} })()
    } catch (error) {
      try { ctx.log('refused: ' + String(error)) } catch { ctx.log('refused') }
    }
  }
  await ctx.work('1ms')
  return { ok: true }
}
`;
}

/** A scenario of one service under attack. 200 s of virtual time last long enough in real time for callbacks to arrive. */
export function attackScenario(handler: string, duration = '2s'): unknown {
  return {
    version: 1,
    title: 'Attack',
    seed: 7,
    duration,
    components: {
      client: { kind: 'client', arrivals: { constant: '100/s' }, calls: 'greeter' },
      greeter: { kind: 'service', workers: 4, handler: 'greeter.ts' },
    },
    links: [{ from: 'client', to: 'greeter', delay: '1ms' }],
    files: { 'greeter.ts': handler },
  };
}
