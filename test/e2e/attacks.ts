/**
 * What a hostile handler tries. Each attack is the body of an async function of `ctx`, `at` (the addresses of the witness) and
 * `found`, which writes a line into the log of the run. Network and storage attacks are judged by the servers and by planted
 * secrets, the others by what they found or changed. Names are reached through `host`, the global object.
 */
export type AttackKind = 'network' | 'storage' | 'page' | 'clock' | 'integrity' | 'scope';

export interface Attack {
  readonly kind: AttackKind;
  readonly name: string;
  readonly code: string;
}

const of = (kind: AttackKind, attacks: Readonly<Record<string, string>>): Attack[] =>
  Object.entries(attacks).map(([name, code]) => ({ kind, name, code }));

/** Ground truth: the servers write down every request, whatever the code says. */
const network = of('network', {
  'fetch own': `host.fetch(at.own + '/hit/fetch')`,
  'fetch other': `host.fetch(at.other + '/hit/fetch')`,
  'fetch no-cors': `host.fetch(at.other + '/hit/no-cors', { mode: 'no-cors' })`,
  'fetch keepalive': `host.fetch(at.other + '/hit/keepalive', { method: 'POST', body: 'x', keepalive: true })`,
  'fetch relative': `host.fetch('/hit/relative')`,
  'fetch of a private network': `host.fetch('http://127.0.0.1:' + new host.URL(at.other).port + '/hit/private')`,
  XMLHttpRequest: `const x = new host.XMLHttpRequest(); x.open('GET', at.own + '/hit/xhr'); x.send()`,
  'XMLHttpRequest, synchronous': `const x = new host.XMLHttpRequest(); x.open('GET', at.own + '/hit/xhr-sync', false); x.send()`,
  WebSocket: `new host.WebSocket(at.socket + '/hit/socket')`,
  'WebSocket other': `new host.WebSocket(at.other.replace('http', 'ws') + '/hit/socket')`,
  WebSocketStream: `new host.WebSocketStream(at.socket + '/hit/socket-stream').opened.catch(() => 0)`,
  EventSource: `new host.EventSource(at.own + '/hit/events')`,
  WebTransport: `new host.WebTransport(at.own.replace('http:', 'https:') + '/hit/transport')`,
  sendBeacon: `host.navigator.sendBeacon(at.own + '/hit/beacon', 'x')`,
  importScripts: `host.importScripts(at.own + '/hit/script.js')`,
  'importScripts other': `host.importScripts(at.other + '/hit/script.js')`,
  'Worker by address': `new host.Worker(at.own + '/hit/worker.js')`,
  'Worker by module': `new host.Worker(at.own + '/hit/module.js', { type: 'module' })`,
  'Worker by blob that fetches': `new host.Worker(host.URL.createObjectURL(new host.Blob(['fetch("' + at.own + '/hit/blob")'])))`,
  'Worker by data that fetches': `new host.Worker('data:text/javascript,fetch("' + at.own + '/hit/data")')`,
  SharedWorker: `new host.SharedWorker(at.own + '/hit/shared.js')`,
  'dynamic import by Function': `code('return import("' + at.own + '/hit/import.js")')()`,
  'dynamic import other': `code('return import("' + at.other + '/hit/import.js")')()`,
  'dynamic import by eval': `host.eval('import("' + at.own + '/hit/eval.js")')`,
  'dynamic import of a blob that fetches': `code('return import(URL.createObjectURL(new Blob(["fetch(\\'' + at.own + '/hit/blob-import\\')"], { type: "text/javascript" })))')()`,
  'service worker': `host.navigator.serviceWorker.register(at.own + '/hit/sw.js')`,
  'push through the cache': `host.caches.open('x').then((cache) => cache.add(at.own + '/hit/cache'))`,
  'background fetch': `host.registration.backgroundFetch.fetch('x', [at.own + '/hit/background'])`,
  WebRTC: `const c = new host.RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:' + at.stunPort }] }); c.createDataChannel('x'); c.createOffer().then((o) => c.setLocalDescription(o))`,
  'font face': `new host.FontFace('x', 'url(' + at.own + '/hit/font)').load()`,
  'image bitmap': `host.fetch(at.own + '/hit/image').then((r) => r.blob()).then((b) => host.createImageBitmap(b))`,
  'source map': `code('throw 1\\n//# sourceMappingURL=' + at.own + '/hit/map.json')()`,
});

/** Ground truth: secrets planted by the page, which no line of a log may hold, and which must be unchanged afterwards. */
const storage = of('storage', {
  'IndexedDB read': `const open = host.indexedDB.open('documents'); open.onsuccess = () => { open.result.transaction('secrets').objectStore('secrets').get(1).onsuccess = (event) => found(event.target.result) }; await wait()`,
  'IndexedDB list': `found((await host.indexedDB.databases()).map((database) => database.name).join())`,
  'IndexedDB delete': `host.indexedDB.deleteDatabase('documents'); await wait()`,
  localStorage: `found(host.localStorage.getItem('secret'))`,
  sessionStorage: `found(host.sessionStorage.getItem('secret'))`,
  'cookies by document': `found(host.document.cookie)`,
  cookieStore: `found((await host.cookieStore.getAll()).map((cookie) => cookie.value).join())`,
  'Cache read': `found(await (await host.caches.match('/planted')).text())`,
  'Cache write': `const cache = await host.caches.open('app'); await cache.put('/planted', new host.Response('POISONED'))`,
  OPFS: `const root = await host.navigator.storage.getDirectory(); found(await (await (await root.getFileHandle('secret')).getFile()).text())`,
  'storage estimate': `found('usage ' + (await host.navigator.storage.estimate()).usage)`,
  'web locks': `found('locks ' + (await host.navigator.locks.query()).held.length)`,
});

/** The page counts messages it was sent, looks whether it was moved, and at what it shows. */
const page = of('page', {
  'message to the page': `host.postMessage('hit')`,
  'message to the parent': `host.parent.postMessage('hit', '*')`,
  'message to the top': `host.top.postMessage('hit', '*')`,
  'broadcast channel': `new host.BroadcastChannel('app').postMessage('hit')`,
  'document title': `host.document.title = 'hit'`,
  'parent document': `host.parent.document.title = 'hit'`,
  'navigate itself': `host.location.href = at.own + '/hit/navigate'`,
  'navigate the top': `host.top.location = at.own + '/hit/top'`,
  'open a window': `host.open(at.own + '/hit/open')`,
  'alert box': `host.alert('hit')`,
  'own message listener': `host.addEventListener('message', () => 0); found('listens')`,
  'own message handler': `host.onmessage = () => 0; if (host.onmessage) found('listens')`,
  notification: `found('permission ' + host.Notification.permission)`,
  'close the worker': `host.close()`,
  'report an error': `host.reportError(new Error('hit')); found('reported')`,
  'dispatch an event': `host.dispatchEvent(new host.Event('message')); found('dispatched')`,
  'service worker clients': `found('clients ' + (await host.clients.matchAll()).length)`,
});

/** A handler that gets any value here knows something that a second run, or another machine, would not say again. */
const clock = of('clock', {
  'Date.now': `found(host.Date.now())`,
  'new Date': `found(String(new host.Date()))`,
  'Date by constructor': `const { name } = Object.getPrototypeOf(host).constructor; if (name !== 'Object') found(name)`,
  'performance.now': `found(host.performance.now())`,
  'performance.timeOrigin': `found(host.performance.timeOrigin)`,
  'event time stamp': `found(new host.Event('x').timeStamp)`,
  'Math.random': `found(realMath.random())`,
  'crypto values': `found(host.crypto.getRandomValues([0])[0])`,
  'crypto UUID': `found(host.crypto.randomUUID())`,
  'time zone': `found(host.Intl.DateTimeFormat().resolvedOptions().timeZone)`,
  'locale order': `if ('ä'['locale' + 'Compare']('z') < 0) found('ä before z')`,
  'locale numbers': `if ((1234.5)['toLocale' + 'String']() !== '1234.5') found((1234.5)['toLocale' + 'String']())`,
  'locale case': `if ('i'['toLocale' + 'UpperCase']('tr') !== 'I') found('a Turkish I')`,
  timer: `host.setTimeout(() => found('timer'), 0); await wait()`,
  'message loop': `const c = new host.MessageChannel(); c.port1.onmessage = () => found('loop'); c.port2.postMessage(0); await wait()`,
  'native microtask': `host.queueMicrotask(() => found('microtask')); await wait()`,
  'native promise': `const native = Array['from' + 'Async']([]); found(Object.prototype.toString.call(native))`,
  'weak reference': `found(String(new host.WeakRef({}).deref()))`,
  finalisation: `new host.FinalizationRegistry(() => 0); found('registered')`,
  'shared memory': `found(new host.SharedArrayBuffer(8).byteLength)`,
  'typed array of a platform': `found(new host.Uint8Array(new host.Uint16Array([1]).buffer).join())`,
  'NaN bits': `const f = new host.Float64Array([NaN]); found(new host.Uint8Array(f.buffer).join())`,
  'WebAssembly clock': `found(typeof host.WebAssembly.Module)`,
  'unequal Math.sin': `found(realMath.sin(1e9))`,
  'unequal Math.tan': `found(realMath.tan(2))`,
  'stack with an address': `const stack = String(new Error('x').stack); if (/blob:|https?:|file:|node:/.test(stack)) found(stack)`,
  'number of processors': `found(host.navigator.hardwareConcurrency)`,
  'user agent': `found(host.navigator.userAgent)`,
  language: `found(host.navigator.language)`,
  'real memory': `found(host.performance.memory.usedJSHeapSize)`,
});

/** Judged by a run that follows in the same worker: its digest must be what it was before. */
const integrity = of('integrity', {
  'Object.prototype': `Object.prototype.polluted = 1; Object.prototype.kind = 'x'`,
  'Object.prototype by __proto__': `({}).__proto__.polluted = 1`,
  'Object.prototype accessor': `Object.defineProperty(Object.prototype, 'type', { get: () => 'x', configurable: true })`,
  'Array.prototype.push': `Array.prototype.push = function () { return 0 }`,
  'Array.prototype index setter': `Object.defineProperty(Array.prototype, 5, { set() {}, configurable: true })`,
  'Array iterator': `Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true })`,
  'Map.prototype.get': `Map.prototype.get = () => undefined`,
  'Set.prototype.has': `Set.prototype.has = () => true`,
  'WeakMap.prototype.get': `WeakMap.prototype.get = () => undefined`,
  'JSON.stringify': `JSON.stringify = () => ''`,
  'Math.floor': `realMath.floor = () => 0`,
  'Math.imul': `Object.defineProperty(realMath, 'imul', { value: () => 0 })`,
  'Number.isInteger': `Number.isInteger = () => true`,
  'Function.prototype.call': `Function.prototype.call = () => 0; Function.prototype.apply = () => 0`,
  'Generator.prototype.next': `Object.getPrototypeOf(Object.getPrototypeOf((function* () {})())).next = () => ({ done: true })`,
  'String.prototype.slice': `String.prototype.slice = () => ''`,
  'RegExp.prototype.exec': `RegExp.prototype.exec = () => null`,
  'Symbol.iterator of strings': `String.prototype[Symbol.iterator] = function* () {}`,
  'Error.prepareStackTrace': `Error.prepareStackTrace = () => 'x'`,
  'Error.prototype.message': `Object.defineProperty(Error.prototype, 'message', { get() { return 'x' } })`,
  'Promise of handlers': `Promise.prototype.then = () => 0`,
  'static of Promise': `Promise.all = () => 0; Promise.resolve = () => 0`,
  'then of an operation': `Object.getPrototypeOf(ctx.sleep('1ms')).then = () => 0`,
  'end of a call': `const call = Object.getPrototypeOf(ctx.call('nobody')); call.succeed = () => 0; found('changed what a call does')`,
  'wake of an operation': `Object.getPrototypeOf(ctx.sleep('1ms')).wake = () => 0`,
  'prototype of ctx': `Object.getPrototypeOf(ctx).work = () => 0`,
  'now of ctx': `Object.defineProperty(Object.getPrototypeOf(ctx), 'now', { get: () => 1 })`,
  'array species': `Object.defineProperty(Array, Symbol.species, { value: function () { return {} } })`,
  'prototype of Array replaced': `Object.setPrototypeOf(Array.prototype, { get 7() { return 1 } })`,
  'global names': `host.leak = 1; host.Object = function () {}`,
  'body frozen twice': `Object.defineProperty(Object.prototype, 'body', { set(v) { found('saw a body') }, configurable: true })`,
  'class of a failed call': `try { await ctx.call('nobody') } catch (error) { Object.getPrototypeOf(error).status = 'OK'; Object.setPrototypeOf(Object.getPrototypeOf(error), null) }`,
  'class of a refusal': `try { ctx.sleep(1) } catch (error) { Object.getPrototypeOf(error).key = 'x'; found('changed what a refusal is') }`,
  'methods of what handlers get': `const errors = [], given = []
    for (const wrong of [() => ctx.sleep(1), () => ctx.call('nobody')]) try { await wrong() } catch (error) { errors.push(error) }
    given.push(ctx, ctx.sleep('1ms'), ctx.send('nobody'), request, Promise, queueMicrotask, seconds, exponential, pareto, Math, (async function* () {})(), ...errors)
    for (const method of graph(...given).methods) for (const part of [method, method.prototype ?? method]) if (!Object.isFrozen(part)) found(method.name + ' can be changed')`,
  'functions given to handlers': `exponential.leak = 1; Object.setPrototypeOf(exponential, null)`,
  'forged stack': `const forged = new Error('x'); forged.stack = 'at x (handler:%:1:1)'; throw forged`,
});

/** A handler that finds any of the simulator's own objects could change the results of others. */
const scope = of('scope', {
  'names of the worker': `const names = ['realTime', 'loop', 'port', 'executor', 'meter', 'evaluate', 'evaluate$1', 'lockDown', 'createExecutor', 'prepareRun', 'startRun', 'World', 'Kernel', 'NativeFunction']
    for (const name of names) { try { code('return ' + name)(); found(name) } catch {} }`,
  'names seen by compiled text': `for (const name of lexical) { if (peek(name) !== undefined) found(name) }`,
  'Function by a function': `found((() => 0)['constr' + 'uctor']('return 1')())`,
  'Function by a generator': `found((function* () {})['constr' + 'uctor']('yield 1')().next().value)`,
  'Function by ctx': `found(ctx.work['constr' + 'uctor']('return 1')())`,
  'Function by Promise': `found(Promise['constr' + 'uctor']('return 1')())`,
  'Function by an error': `try { ctx.nothing() } catch (error) { found(error['constr' + 'uctor']['constr' + 'uctor']('return 1')()) }`,
  'direct eval': `found(host.eval('1'))`,
  'caller of a function': `function own() { return own.caller } const caller = own(); if (caller) found(String(caller))`,
  'arguments of a caller': `const keep = (function () { return Object.getOwnPropertyDescriptor(Object(arguments), 'callee') })(); if (keep && keep.value) found('callee')`,
  'last regular expression': `if (RegExp['$' + '1'] !== undefined || RegExp['last' + 'Match'] !== undefined) found('RegExp statics')`,
  'caller of an async function': `const look = (own) => { try { if (own.caller) found('a caller: ' + own.caller.name) } catch {} }
    const named = async function own() { look(own) }, arrow = async () => look(arrow), { method } = { async method() { look(method) } }
    for (const own of [named, arrow, method]) {
      for (const use of [own, () => new Promise(own), () => Promise.resolve({ then: own }), () => Promise.all({ [Symbol.iterator]: own }), () => JSON.stringify({ toJSON: own }), () => ctx.call({ toString: own })])
        try { Promise.resolve(use()).catch(() => 0) } catch {}
      Promise.resolve().then(own).finally(own)
      queueMicrotask(own)
    }
    await ctx.sleep('1ms')`,
  'ctx to the simulator': `graph(ctx).names.forEach(found)`,
  'request to the simulator': `graph(request).names.forEach(found)`,
  'operation to the simulator': `graph(ctx.sleep('1ms'), ctx.work('1ms')).names.forEach(found)`,
  'call to the simulator': `const call = ctx.call('nobody'); call.catch(() => 0); graph(call).names.forEach(found)`,
  'ticket to the simulator': `graph(ctx.send('nobody')).names.forEach(found)`,
  'errors to the simulator': `const errors = []
    for (const wrong of [() => ctx.sleep(1), () => ctx.call('nobody'), () => ctx.call('nobody', 1, 1), () => ctx.send('nobody', 1, { replyTo: 1 }), () => ctx.reply(), () => ctx.sleep.call({}), () => Math['s' + 'in'](1)]) try { await wrong() } catch (error) { errors.push(error) }
    if (errors.length !== 7) found('only ' + errors.length + ' errors')
    graph(...errors).names.forEach(found)`,
  'promise to who waits for it': `let inner; const outer = async () => { inner = Promise.resolve().then(() => 0); await inner }; const running = outer(); graph(inner).names.forEach(found); await running`,
  'promise to the handler that waits for it': `const p = ctx.sleep('50ms').then(() => 0); const looks = (async () => { await ctx.sleep('10ms'); graph(p).names.forEach(found) })(); await p; await looks`,
  'async function to its generator': `const running = (async () => { await ctx.sleep('1ms') })(); graph(running).names.forEach(found)`,
  'async generator to its generator': `async function* own() { yield 1 } const running = own(); graph(running, running.next()).names.forEach(found)`,
  'thenable given its settlers': `await { then(resolve) { graph(resolve).names.forEach(found); resolve(1) } }`,
  'settle an operation by name': `const begun = ctx.now, operation = ctx.sleep('10ms'), call = ctx.call('nobody'), { accepted, reply } = ctx.send('nobody')
    call.catch(() => 0)
    for (const promise of [operation, call, accepted, reply])
      for (const name of ['succeed', 'fail', 'wake', 'settled', 'settle', 'fulfil', 'resolve', 'reject', 'callAnswered', 'callFailed', 'confirmed', 'replied'])
        for (const values of [[], [1], [true, 1], [new Error('x')]]) try { promise[name](...values); found(name) } catch {}
    await operation
    if (ctx.now !== begun + 10) found('an operation settled by hand')`,
  'settle an operation by what can be reached': `const begun = ctx.now, operation = ctx.sleep('10ms'), running = (async () => { await operation; return ctx.now })()
    const end = (resolve) => typeof resolve === 'function' && resolve(1)
    // The log writes down whatever it is given.
    const writers = [ctx.log, ...Object.values(ctx.log)]
    const { methods } = graph(ctx, operation, running, request, ctx.send('nobody'), own(), Promise, queueMicrotask, exponential)
    for (const method of methods.filter((method) => !writers.includes(method)))
      for (const target of [operation, running])
        for (const values of [[], [1], [true, 1], [target, 1], [target, end], [end]]) {
          try { Promise.resolve(Reflect.apply(method, target, values)).catch(() => 0) } catch {}
          try { Promise.resolve(Reflect.construct(method, values)).catch(() => 0) } catch {}
        }
    async function* own() {}
    await running
    if (ctx.now !== begun + 10) found('settled at ' + (ctx.now - begun) + ' instead of 10')`,
  'operation by a class of its own': `const begun = ctx.now, operation = ctx.sleep('10ms'), Outer = function () { return operation }
    class Own extends Outer { #state = 1; constructor() { super() } } new Own()
    class Thief extends Promise { constructor(run) { super(run); return operation } } new Thief((resolve) => resolve(1)); Thief.resolve(1); Thief.withResolvers().resolve(1)
    await operation
    if (ctx.now !== begun + 10) found('an operation settled by inheritance')`,
  'ctx of another invocation': `const Ctx = ctx['constr' + 'uctor']; if (Ctx !== Object) found('the class of ctx')`,
  'native promise of the worker': `if (host.Promise) found('Promise')`,
  'script address': `found(host.location.href)`,
  'global object of another name': `for (const name of ['self', 'frames', 'window', 'global']) { try { if (host[name]) found(name) } catch {} }`,
});

export const ATTACKS: readonly Attack[] = [...network, ...storage, ...page, ...clock, ...integrity, ...scope];
