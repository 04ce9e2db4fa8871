/** What lowered code does under virtual promises is what native async code does: the same log, job for job. */
import { expect, it } from 'vitest';
import { runNatively, runVirtually } from './virtual-run';

const PROGRAMS: Record<string, string> = {
  'an async call': `async function f() { log('a'); await sleep(1); log('b'); return 7; } f().then((v) => log('r', v)); log('sync');`,
  'the order of jobs': `async function f() { log(1); await null; log(2); await null; log(3); } async function g() { log('x'); await undefined; log('y'); }
    f(); g(); Promise.resolve().then(() => log('p1')).then(() => log('p2')); queueMicrotask(() => log('q'));`,
  'a returned promise takes three jobs': `async function f() { return Promise.resolve(1); } async function g() { return 2; }
    f().then(() => log('f')); g().then(() => log('g')); Promise.resolve().then(() => log('a')).then(() => log('b')).then(() => log('c')).then(() => log('d'));`,
  'a thenable': `async function f() { const v = await { then(r) { log('then'); r(5); } }; log(v); } f();
    Promise.resolve().then(() => log('a')).then(() => log('b')).then(() => log('c'));`,
  'thenables that misbehave': `(async () => { log(await { then(r, e) { r(1); r(2); e(3); throw 4; } });
    try { await { then() { throw new Error('t'); } }; } catch (e) { log(e.message); }
    try { await { get then() { throw new Error('getter'); } }; } catch (e) { log(e.message); } log(typeof await { then: 5 }); })();`,
  'a promise that resolves to itself': `let r; const p = new Promise((resolve) => { r = resolve; }); r(p); p.catch((e) => log(e.constructor.name));`,
  'resolve and reject only once': `const p = new Promise((resolve, reject) => { resolve(1); reject(2); throw 3; }); p.then((v) => log(v));
    new Promise(() => { throw new Error('x'); }).catch((e) => log(e.message)); Promise.resolve(p).then((v) => log(v, Promise.resolve(p) === p));`,
  'Promise.all': `(async () => { const r = await Promise.all([1, sleep(3).then(() => 's3'), (async () => { await sleep(1); return 's1'; })()]); log(r.join()); log((await Promise.all([])).length); })();`,
  'Promise.all that rejects': `(async () => { try { await Promise.all([sleep(5), (async () => { await sleep(1); throw new Error('boom'); })()]); } catch (e) { log(e.message, now()); } })();`,
  'Promise.all of what is not iterable': `Promise.all(5).catch((e) => log(e.constructor.name)); Promise.race({}).catch((e) => log(e.constructor.name));`,
  'Promise.race': `(async () => { log(await Promise.race([sleep(3).then(() => 'slow'), sleep(1).then(() => 'fast')]), now()); })();`,
  'Promise.any': `(async () => { log(await Promise.any([Promise.reject(1), sleep(2).then(() => 'ok')]));
    try { await Promise.any([Promise.reject(1), Promise.reject(2)]); } catch (e) { log(e.constructor.name, e.errors.join()); } try { await Promise.any([]); } catch (e) { log(e.errors.length); } })();`,
  'Promise.allSettled': `(async () => { const r = await Promise.allSettled([Promise.reject(new Error('x')), 1]); log(JSON.stringify(r.map((x) => x.status)), r[0].reason.message, r[1].value); })();`,
  'the job order of all, race and allSettled': `Promise.all([1]).then(() => log('all')); Promise.race([1]).then(() => log('race')); Promise.any([1]).then(() => log('any'));
    Promise.allSettled([1]).then(() => log('settled')); Promise.resolve().then(() => log('a')).then(() => log('b')).then(() => log('c'));`,
  'try and finally': `async function f() { try { await sleep(1); log('t'); return 'r'; } finally { log('f1'); await sleep(1); log('f2'); } } f().then(log);`,
  'a rejection that is caught': `async function f() { try { await (async () => { await sleep(1); throw new RangeError('bad'); })(); } catch (e) { log(e instanceof RangeError, e.message); } finally { log('fin'); } } f();`,
  'finally overrides': `async function f() { try { throw 1; } finally { return 2; } } f().then(log);`,
  'catch with a pattern': `async function f() { try { throw { a: 1, b: [2] }; } catch ({ a, b: [c], d = await 4 }) { log(a, c, d); } try { throw 0; } catch { log('none'); } } f();`,
  'for await over an array': `(async () => { for await (const x of [1, Promise.resolve(2), 3]) log(x); log('end'); })(); Promise.resolve().then(() => log('m1')).then(() => log('m2')).then(() => log('m3')).then(() => log('m4'));`,
  'for await with a rejected value': `(async () => { try { for await (const x of [1, Promise.reject(new Error('no')), 3]) log(x); } catch (e) { log(e.message); } })();`,
  'an async generator left early': `async function* g() { try { for (let i = 0; i < 5; i++) { await sleep(1); yield i; } } finally { log('cleanup'); await sleep(1); log('cleaned', now()); } }
    (async () => { for await (const v of g()) { log(v, now()); if (v === 2) break; } log('done'); })();`,
  'an async generator left by return and throw': `async function* g() { try { yield 1; yield 2; } finally { log('cleanup'); } }
    async function a() { for await (const v of g()) return v; } async function b() { for await (const v of g()) throw new Error('b' + v); }
    a().then(log).then(() => b()).catch((e) => log(e.message));`,
  'an async generator that throws': `async function* g() { yield 1; throw new Error('ge'); } (async () => { try { for await (const v of g()) log(v); } catch (e) { log('c', e.message); } })();`,
  'an async generator by hand': `async function* g() { const a = yield 1; log('got', a); const b = yield 2; log('got', b); return 3; }
    (async () => { const it = g(); for (const v of ['z', 'A', 'B', 'C']) log(JSON.stringify(await it.next(v))); })();`,
  'requests queue up at an async generator': `async function* g() { log('start'); yield 1; await sleep(2); yield Promise.resolve(2); return Promise.resolve(3); }
    const it = g(); for (let i = 0; i < 5; i++) it.next().then((r) => log(i, JSON.stringify(r), now()));`,
  'return and throw of an async generator': `async function* g() { try { yield 1; yield 2; } catch (e) { log('caught', e); yield 'c'; } finally { log('fin'); } }
    (async () => { const a = g(); log(JSON.stringify(await a.next())); log(JSON.stringify(await a.throw('T'))); log(JSON.stringify(await a.return(Promise.resolve('R')))); log(JSON.stringify(await a.next()));
    const b = g(); log(JSON.stringify(await b.return('early'))); try { await b.throw(new Error('late')); } catch (e) { log(e.message); }
    const c = g(); await c.next(); try { await c.return(Promise.reject(new Error('bad return'))); } catch (e) { log('out', e.message); } log(JSON.stringify(await c.next())); })();`,
  'return in an async generator awaits inside try': `async function* g() { try { return Promise.reject(new Error('r')); } catch (e) { log('inside', e.message); yield 'y'; } } (async () => { for await (const v of g()) log(v); })();`,
  'yield* in an async generator': `async function* inner() { try { const x = yield 'i1'; log('inner got', x); yield 'i2'; return 'ret'; } catch (e) { log('inner caught', e); return 'after'; } finally { log('inner fin'); } }
    async function* outer() { const r = yield* inner(); log('r', r); yield* [Promise.resolve('p'), 'q']; yield* (function* () { yield 's'; })(); }
    (async () => { const it = outer(); log(JSON.stringify(await it.next('-'))); log(JSON.stringify(await it.next('X'))); log(JSON.stringify(await it.next())); log(JSON.stringify(await it.next())); log(JSON.stringify(await it.next())); log(JSON.stringify(await it.next()));
    const t = outer(); await t.next(); log(JSON.stringify(await t.throw('T'))); const u = outer(); await u.next(); log(JSON.stringify(await u.return('U'))); log(JSON.stringify(await u.next())); })();`,
  'yield* over an iterator without throw': `const plain = { [Symbol.asyncIterator]() { return { next: async () => ({ value: 1, done: false }), return: async () => { log('closed'); return {}; } }; } };
    async function* g() { yield* plain; } (async () => { const it = g(); await it.next(); try { await it.throw(new Error('t')); } catch (e) { log(e.constructor.name); } log(JSON.stringify(await it.next())); })();`,
  'class methods': `class A { x = 1; async m(n) { await sleep(n); return this.x; } static async s() { await null; return 'st'; } async #p() { await null; return this.x + 10; } async q() { return await this.#p(); } static async #sp(a, b) { return a + b; } static t() { return A.#sp(1, 2); } }
    class B extends A { async m(n) { const v = await super.m(n); return v + 100; } } (async () => { const b = new B(); log(await b.m(1), await A.s(), await b.q(), await A.t()); })();`,
  'static fields that call async methods': `class A { static ready = A.load(); static async load() { return 'loaded'; } static { A.load().then((v) => log('block', v)); } } A.ready.then(log);`,
  'computed, quoted and generator methods': `const key = 'dyn'; class A { async [key + 1]() { return 1; } async 'quo ted'() { return 2; } async 7() { return 3; } static async *[Symbol.asyncIterator]() { yield 'c'; } async *gen(a) { yield a; } async *#priv() { yield 'priv'; } p() { return this.#priv(); } }
    const o = { async [key]() { return 4; }, async *g() { yield 5; }, async get() { return 6; }, async static() { return 7; }, async async() { return 8; } };
    (async () => { const a = new A(); log(await a.dyn1(), await a['quo ted'](), await a[7]()); for await (const v of A) log(v); for await (const v of a.gen('g')) log(v); for await (const v of a.p()) log(v);
    log(await o.dyn(), await o.get(), await o.static(), await o.async()); for await (const v of o.g()) log(v); })();`,
  'object methods': `const o = { v: 3, async m() { await null; return this.v; }, f: async function () { return this.v; }, get g() { return this.m(); }, __proto__: { async m2() { return 'base'; } }, async m2() { return 'over ' + (await super.m2()); } };
    (async () => { log(await o.m(), await o.f(), await o.g, await o.m2()); })();`,
  'this and arguments in async arrows': `function F() { this.k = 9; return (async () => { await null; return this.k + arguments.length + arguments[0]; })(); }
    (async () => { log((await new F(1, 2)) === undefined, await F.call({ k: 1 }, 5, 6, 7)); const o = { k: 2, m() { return (async (a = this.k) => { const inner = async () => this.k + a; return [await inner(), ...arguments, { arguments }.arguments.length].join(); })(); } }; log(await o.m('x')); })();`,
  'super and new.target in async arrows': `class A { get v() { return 'av' + this.n; } m(x) { return 'am' + x + this.n; } static s() { return 'as'; } }
    class B extends A { n = 5; m(x) { return (async () => super.m(await x) + super['m'](1) + super.v)(); } static s() { return (async () => super.s())(); } constructor() { super(); this.t = (async () => new.target === B)(); } }
    (async () => { const b = new B(); log(await b.m(2), await B.s(), await b.t); })();`,
  'async arrows in class fields': `class A { n = 3; get = async () => this.n; static make = async (k) => [this.name, k].join(); #own = async () => this.n * 2; own() { return this.#own(); } }
    (async () => { log(await new A().get(), await A.make(1), await new A().own()); })();`,
  hoisting: `log(typeof f); f().then(log); async function f() { await null; return 'hoisted'; } { log(typeof h); async function h() {} } log(typeof k); async function* k() {}`,
  'a named async function expression': `const outer = async function inner(n) { return n === 0 ? [typeof inner, inner === outer].join() : inner(n - 1); }; outer(3).then(log); const g = async function* again(n) { yield n; if (n) yield* again(n - 1); }; (async () => { for await (const v of g(2)) log(v); })();`,
  'parameters with defaults': `async function f(a, b = a + 1, { c = 3 } = {}, ...r) { await null; return [a, b, c, r.length].join(); } f(1).then(log); f(1, 2, { c: 9 }, 4, 5).then(log);
    async function g(x = (() => { throw new Error('dp'); })()) {} g().catch((e) => log('rejected', e.message)); (async ({ x }) => x)().catch((e) => log(e.constructor.name));`,
  'a throw before the first await rejects': `async function f() { throw new Error('s'); } const p = f(); log('no sync throw'); p.catch((e) => log(e.message));`,
  'await within conditions': `async function f(a) { return (a && (await sleep(1).then(() => 2))) || ((await null), 5) + (a ? await 1 : await 2); } f(true).then(log); f(false).then(log);`,
  'a statement that begins with await': `async function f() { let a = 1\nconst b = a\nawait sleep(1)\nlog(b)\nawait log, await null\nif (a) await sleep(1); else await sleep(2)\nawait (a, b)\nawait\nsleep(1)\nlog(now()) } f()`,
  labels: `async function f() { o: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { await sleep(1); if (j === 1) continue o; if (i === 2) break o; log(i, j); } } } f();`,
  'labels at for await': `async function f() { a: b: for await (const x of [1, 2, 3]) { for await (const y of [1, 2, 3]) { if (y === 2) continue a; if (x === 3) break b; log(x, y); } } log('end'); } f();`,
  'for await with patterns and targets': `async function f() { const o = {}; for await (o.x of [1, 2]) log(o.x); for await (const { a, b: [c] = [7], ...r } of [{ a: 1, z: 2 }, { a: await 3, b: [4] }]) log(a, c, JSON.stringify(r)); let q; for await ({ q } of [{ q: 5 }]) ; log(q); for await (var v of [8]) ; log(v); for await (q of []) log('never');
    const fs = []; for await (const x of [1, 2, 3]) fs.push(() => x); log(fs.map((g) => g()).join()); }; f();`,
  'closing a for await': `const it = (log2, ret) => ({ [Symbol.asyncIterator]: () => ({ n: 0, async next() { return { value: this.n++, done: this.n > 3 }; }, return: ret }) });
    async function f() { for await (const x of it(log, undefined)) if (x === 1) break; log('none'); try { for await (const x of it(log, async () => 5)) break; } catch (e) { log(e.constructor.name); }
    try { for await (const x of it(log, async () => { throw new Error('from return'); })) throw new Error('from body'); } catch (e) { log(e.message); } try { for await (const x of it(log, async () => { throw new Error('from return'); })) break; } catch (e) { log(e.message); }
    try { for await (const x of { [Symbol.asyncIterator]: () => ({ next: () => 5 }) }) ; } catch (e) { log(e.constructor.name); } try { for await (const x of 5) ; } catch (e) { log(e.constructor.name); } try { for await (const { a } of [null]) ; } catch (e) { log(e.constructor.name); } } f();`,
  'closures in loops': `(async () => { const fs = []; for (let i = 0; i < 3; i++) fs.push(async () => { await sleep(3 - i); log(i); }); await Promise.all(fs.map((f) => f())); log('end'); })();`,
  'await in arguments, templates and patterns': `(async () => { const f = (...a) => a.join(); log(f(await 1, 2, await sleep(1).then(() => 3))); log(\`v=\${await sleep(1).then(() => 't')}\`); const { a, b = await 4, [await 'k']: c } = await { a: 1, k: 2 }; log(a, b, c); const o = { [await 'x']: await 1, ...(await { y: 2 }) }; log(JSON.stringify(o), await (await (async () => async () => 6)())()); })();`,
  'the Promise constructor': `(async () => { const p = new Promise((r) => { sleep(2).then(() => r('late')); }); log(await p, now()); log(await new Promise((r) => r(Promise.resolve('in')))); })();`,
  'then without functions': `Promise.resolve(1).then(2).then((v) => log(v)); Promise.reject(3).then(4, 5).catch((v) => log(v)); Promise.resolve(1).finally().then((v) => log(v));`,
  'many waiters of one promise': `const p = sleep(1).then(() => 'v'); for (let i = 0; i < 4; i++) p.then((v) => log(i, v)); (async () => log(await p, await p))();`,
  'nested try': `(async () => { for (const x of [1, 2, 3]) { try { if (x === 2) throw x; await sleep(1); log('ok', x); } catch (e) { log('catch', e); continue; } finally { log('fin', x); } } })();`,
  'what promises look like': `async function f() {} log(f() instanceof Promise, Object.prototype.toString.call(f()), typeof f().then, String(async function* () {}().next() instanceof Promise)); log(Object.prototype.toString.call((async function* () {})()));`,
  'name and length': `async function abc(x, y) {} const d = async (q) => {}; const e = async function (a, b = 1, c) {}; async function* gen(a, ...r) {} class A { async m(a, b) {} static async s(a) {} async [Symbol.asyncIterator](a) {} f = async () => {}; } const o = { async om(a) {}, p: async (x) => {}, 'q r': async () => {} };
    let late; late = async (a) => {}; const { dflt = async (z) => {} } = {}; const named = async function own(a, b) {}; for (const f of [abc, d, e, gen, A.prototype.m, A.s, A.prototype[Symbol.asyncIterator], new A().f, o.om, o.p, o['q r'], late, dflt, named]) log(f.name, f.length);`,
  'finally delays and passes on': `Promise.reject(new Error('z')).finally(() => log('fin')).catch((e) => log(e.message)); Promise.resolve(1).finally(() => sleep(1)).then((v) => log(v, now())); Promise.resolve(1).finally(() => { throw new Error('f'); }).catch((e) => log(e.message)); Promise.resolve(9).finally(() => 5).then(log);`,
  'the job order of finally': `Promise.resolve(1).finally(() => log('fin')).then(() => log('after')); Promise.resolve().then(() => log('a')).then(() => log('b')).then(() => log('c')).then(() => log('d')).then(() => log('e'));`,
  'unhandled rejections': `Promise.reject(new Error('lonely')); (async () => { await sleep(1); throw new Error('later'); })(); const p = Promise.reject(new Error('kept')); p.catch(() => log('kept')); Promise.reject(new Error('chain')).then(() => 1);`,
  'async recursion': `async function fact(n) { return n < 2 ? 1 : n * (await fact(n - 1)); } fact(10).then(log); async function walk(t) { return t ? [...(await walk(t.l)), t.v, ...(await walk(t.r))] : []; } walk({ v: 2, l: { v: 1 }, r: { v: 3 } }).then((v) => log(v.join()));`,
  'sync generators and getters stay as they are': `function* g(n) { try { for (let i = 0; i < n; i++) yield i; } finally { log('closed'); } } for (const x of g(5)) { if (x === 2) break; log(x); } class A { get v() { return [...g(2)].join(); } set w(x) { log('set', x); } *it() { yield* g(1); } static *[Symbol.iterator]() { yield 's'; } } const a = new A(); log(a.v); a.w = 3; log([...a.it()].join(), [...A].join());`,
  'expression bodies': `const f = (x) => ({ x }); const g = (x) => (y) => x + y; const h = async (x) => ({ ...(await x) }); const k = (x) => x ? g(x)(1) : f(x).x; log(JSON.stringify(f(1)), g(1)(2), k(0), k(2)); h({ a: 1 }).then((v) => log(JSON.stringify(v)));
    const m = (a, b) => /* => */ ( // =>
      a * b); log(m(2, 3)); log([3, 1, 2].sort((a, b) => a - b).map((x) => x * 2).filter((x) => x > 2).join());`,
  powers: `let a = 2; const o = { v: 3 }; log(2 ** 10, 2 ** 3 ** 2, (-2) ** 2, a **= 5, o.v **= 2, a, o.v, 2n ** 70n, (1 + 1) ** (2), [1, 2].map((x) => x ** 2).join(), 9 ** 0.5);`,
  'switch, do and in': `async function f(x) { switch (await x) { case await 1: log('one'); case 2: log('two'); break; default: log('other'); } let i = 0; do await sleep(1); while (++i < 3); for (const k in { a: 1, b: await 2 }) log(k, i); while (i --> 0) if (i === 1) continue; else log(i); } f(1).then(() => f(3));`,
  'optional chaining and tagged templates': `(async () => { const o = null; log(o?.x, (await o)?.y, await o?.z); const tag = (s, ...v) => s.raw.join('|') + v.join(); log(tag\`a\${await 1}b\${2}c\`); })();`,
  'Promise.withResolvers by hand': `const make = () => { let resolve; const promise = new Promise((r) => { resolve = r; }); return { promise, resolve }; }; const m = make(); m.promise.then((v) => log(v, now())); sleep(2).then(() => m.resolve('go'));`,
  'errors keep their class through layers': `class Mine extends Error { constructor(m) { super(m); this.name = 'Mine'; } } const a = async () => { throw new Mine('m'); }; const b = async () => { await a(); }; const c = () => b().then(() => 1); c().catch((e) => log(e instanceof Mine, e.name, String(e)));`,
  'a class that extends Promise': `class P extends Promise { extra = 1; } const p = new P((r) => r(4)); log(p.extra, p instanceof Promise, p instanceof P); p.then((v) => log(v)); (async () => log(await p))();`,
};

it.each(Object.entries(PROGRAMS))('%s', async (_name, program) => {
  const native = await runNatively(program);
  expect(native.length).toBeGreaterThan(0);
  expect(runVirtually(program)).toEqual(native);
});
