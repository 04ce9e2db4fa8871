/** Handlers that do not end, or ask for all the memory there is: bodies of `onRequest`. Most ways end inside; some need the watchdog. */
export interface Runaway {
  readonly name: string;
  readonly code: string;
  /** `inside`: counted and stopped at the same step everywhere. `watchdog`: silent for a second, then replaced.
   * `quiet`: stopped inside, and only a log line suffers. */
  readonly ends: 'inside' | 'watchdog' | 'either' | 'quiet';
}

const inside = (name: string, code: string): Runaway => ({ name, code, ends: 'inside' });
const watchdog = (name: string, code: string): Runaway => ({ name, code, ends: 'watchdog' });
const quiet = (name: string, code: string): Runaway => ({ name, code, ends: 'quiet' });
const either = (name: string, code: string): Runaway => ({ name, code, ends: 'either' });

export const RUNAWAYS: readonly Runaway[] = [
  inside('endless loop', 'while (true) {}'),
  inside('endless loop that catches', 'for (;;) { try { for (;;) {} } catch {} }'),
  inside('finally that continues', 'for (;;) { try { continue } finally {} }'),
  inside('microtask loop', 'const again = () => Promise.resolve().then(again); await again()'),
  inside('recursion, caught and retried', 'const deeper = () => { try { deeper() } catch { deeper() } }; deeper()'),
  inside('asynchronous recursion', 'const deeper = async () => { await deeper() }; await deeper()'),
  inside('endless generator, spread', 'return [...(function* () { for (;;) yield 1 })()].length'),
  inside('endless iterator', 'return Array.from({ [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }) }) }).length'),
  inside('getter that loops', 'return { get body() { for (;;); } }'),
  inside('thenable that never ends', 'return { then() { for (;;); } }'),
  quiet('toString that loops', 'ctx.log({ toString() { for (;;); }, toJSON() { for (;;); } })'),
  inside('proxy that loops', 'const p = new Proxy({}, { ownKeys() { for (;;); } }); return p'),
  inside(
    'sort that never agrees',
    'return [...Array(100000).keys()].sort(() => { let s = 0; for (let i = 0; i < 1000; i++) s += i; return -1 }).length',
  ),
  either('text doubled', `let s = 'x'; for (;;) s += s`),
  either('text repeated', `return 'x'.repeat(2 ** 29)`),
  either('text padded', `const kept = []; for (;;) kept.push('x'.padEnd(16000000) + kept.length)`),
  either('array filled', 'return Array(2 ** 27).fill(0).length'),
  either('arrays kept', 'const kept = []; for (;;) kept.push(Array(1000000).fill(kept.length))'),
  either('objects kept', 'const kept = []; for (;;) kept.push({ at: kept.length, text: String(kept.length) })'),
  either('map filled', 'const map = new Map(); for (let i = 0; ; i++) map.set(i, [i, i])'),
  inside('arrays kept from event to event', `(ctx.state.kept ??= []).push(Array(16000000).fill(7)); await ctx.work('1ms')`),
  either('flattened arrays', 'let a = [1]; for (;;) a = [a, a].flat()'),
  either('spread arrays', 'let a = [1]; for (;;) a = [...a, ...a]'),
  either('joined text', `let a = 'x'; for (;;) a = [a, a].join(a)`),
  either('BigInt power', 'let b = 7n; for (;;) b = b * b'),
  watchdog('regular expression over and over', `for (;;) /^(\\d+)*$/.test('1'.repeat(26) + 'x')`),
  watchdog('regular expression that backtracks', `return /^(a+)+$/.test('a'.repeat(40) + 'b')`),
  either('built-in work without a step', `return Array(16000000).fill(7).map(String).sort().length`),
];

/** A whole file: thousands of statements run before line 4 does not come to an end. */
export const HANGS_LATE = `let seen = 0;
function count(text) {
  seen++;
  return seen > 150 ? /^(a+)+$/.test(text) : false;
}
export async function onRequest(request, ctx) {
  for (let turn = 0; turn < 500; turn++) ctx.state.turn = turn;
  count(
    'a'.repeat(40) + 'b',
  );
}`;
