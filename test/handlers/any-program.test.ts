/** Random small async programs: whatever they log natively, they log in virtual time. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runNatively, runVirtually } from './virtual-run';

/** Expressions over the numbers a and b and the async functions f0 to f2, as text. */
const { expression, statements } = fc.letrec<{ expression: string; statement: string; statements: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom('a', 'b', '1', '2'),
    fc.tuple(tie('expression')).map(([x]) => `(await ${x})`),
    tie('expression').map((x) => `(await sleep(${x} % 4).then(async () => ${x}))`),
    fc.tuple(fc.constantFrom('f0', 'f1', 'f2'), tie('expression')).map(([f, x]) => `(await call(${f}, ${x}))`),
    fc.tuple(tie('expression'), tie('expression')).map(([x, y]) => `(${x} + ${y})`),
    fc
      .tuple(fc.constantFrom('all', 'race', 'any'), tie('expression'), tie('expression'))
      .map(([how, x, y]) => `Number([await Promise.${how}([later(async () => ${x}), ${y}])].flat()[0])`),
    tie('expression').map((x) => `(await { then(r) { log('then'); r(${x === 'a' ? 'a' : '1'}) } })`),
    fc.tuple(tie('expression'), tie('expression')).map(([x, y]) => `(await (async (b) => ${x})(${y}))`),
  ),
  statement: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('expression').map((x) => `log(${x}, now());`),
    tie('expression').map((x) => `a = ${x} % 7;`),
    tie('expression').map((x) => `later(async () => log('later', ${x}));`),
    tie('expression').map((x) => `if (${x} > 2) throw new Error('t' + a);`),
    tie('expression').map((x) => `if (${x} > 3) return ${x};`),
    tie('statements').map((s) => `try { ${s} } catch (e) { log('caught', e.message); }`),
    fc.tuple(tie('statements'), tie('statements')).map(([s, t]) => `try { ${s} } finally { ${t} }`),
    fc
      .tuple(tie('statements'), fc.boolean())
      .map(([s, leave]) => `for (let i = 0; i < 2; i++) { ${s} ${leave ? 'if (a > 1) break;' : ''} }`),
    fc
      .tuple(tie('statements'), fc.constantFrom('', 'break;', 'continue;'))
      .map(([s, leave]) => `for await (const b of gen(a)) { ${s} ${leave} }`),
    tie('expression').map(
      (x) => `queueMicrotask(() => log('micro', a)); Promise.resolve(${x}).finally(() => log('fin')).then((v) => log('v', v));`,
    ),
  ),
  statements: fc.array(tie('statement'), { maxLength: 3 }).map((list) => list.join(' ')),
}));

const program = fc.tuple(statements, statements, statements, statements, expression).map(
  ([f0, f1, f2, main, yielded]) => `
  let a = 1, b = 2, calls = 0;
  const later = async (f) => f();
  const call = (f, x) => (++calls > 12 ? x : f(x));
  async function f0(b) { ${f0} return b; }
  const f1 = async (b) => { ${f1} return b + 1; };
  class C { async f2(b) { ${f2} return this.own + b; } own = 1; }
  const f2 = (b) => new C().f2(b);
  async function* gen(b) { try { yield b; yield ${yielded}; } finally { log('closed', b); } }
  const main = async () => { ${main} return f0(1); };
  main().then((v) => log('end', v), (e) => log('failed', e.message));
  f1(1).then((v) => log('f1', v), (e) => log('f1 failed', e.message));
  f2(2).then((v) => log('f2', v), (e) => log('f2 failed', e.message));`,
);

it('logs the same natively and in virtual time', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(program, async (source) => {
      expect(runVirtually(source)).toEqual(await runNatively(source));
    }),
    { numRuns: 150 },
  );
});
