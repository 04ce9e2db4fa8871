/** What code can reach from all that the simulator hands to a handler: nothing of the simulator's own. */
import { describe, expect, it } from 'vitest';
import { attackFile, attackScenario, GRAPH } from '../e2e/attack-scenario';
import { ATTACKS } from '../e2e/attacks';
import { runFile } from './run-file';

type Graph = (...roots: unknown[]) => { readonly names: ReadonlySet<string>; readonly methods: ReadonlySet<unknown> };
const graph = new Function(`${GRAPH}; return graph`)() as Graph;

describe('the crawler', () => {
  class Base {
    get hidden() {
      return { [Symbol('way')]: [{ kernel: {} }] };
    }
  }
  class Derived extends Base {
    readonly #kept = { recorder: {} };
    settle() {
      return this.#kept;
    }
  }

  it.each<[string, unknown, string[]]>([
    ['own properties', { a: { world: {} } }, ['world']],
    ['inherited getters, symbols and lists', new Derived(), ['kernel']],
    ['properties that are not enumerable', Object.defineProperty({}, 'invocation', { value: {} }), ['invocation']],
    ['properties of functions', Object.assign(() => 0, { machine: {} }), ['machine']],
    ['objects without a prototype', Object.assign(Object.create(null) as object, { generator: {} }), ['generator']],
    ['names that hold nothing', { world: undefined, a: 'kernel' }, []],
    ['cycles', [new Map(), Array, globalThis.Object], []],
  ])('sees %s', (_, root, names) => expect([...graph(root).names]).toEqual(names));

  it('lists the functions that are not of the language', () => {
    const { methods } = graph(new Derived());
    expect(methods).toContain(Derived.prototype.settle);
    expect(methods).not.toContain(Object.prototype.toString);
  });
});

/** A client and a service that look at whatever they are given: requests, messages, promises, tickets, errors. */
const LOOKING = `
${GRAPH}
const look = (ctx, what, ...roots) => {
  graph(...roots).names.forEach((name) => ctx.log('FOUND ' + name + ' by ' + what))
  ctx.log('looked at ' + what)
}
const caught = async (wrong) => { try { await wrong() } catch (error) { return error } }
async function* numbers() { yield 1 }
export async function onTick(ctx) {
  const call = ctx.call('asked', { name: 'Ada', items: [1, { price: 2 }] }, { timeout: '1s', retry: { attempts: 2 } })
  const ticket = ctx.send('box', { name: 'Ada' })
  const waiting = (async () => call)()
  const generator = numbers()
  look(ctx, 'promises of a client', ctx, call, ticket, waiting, waiting.then(() => 0), generator, generator.next())
  await ctx.sleep('1us')
  look(ctx, 'promises that are waited for', call, ticket, waiting)
  const errors = [
    await caught(() => ctx.call('asked', () => 0)),
    await caught(() => ctx.call('asked', 'fail')),
    await caught(() => ctx.call('asked', 'sleep', { timeout: '5ms' })),
    await caught(() => ctx.call('nobody')),
    await caught(() => ctx.sleep('soon')),
    await caught(() => ctx.reply(1)),
  ]
  look(ctx, errors.map((error) => error.name).join(', '), ...errors)
  look(ctx, 'answers', await waiting, await ticket.accepted, await ticket.reply)
}
export async function onRequest(request, ctx) {
  if (request.body === 'fail') throw new Error('asked for')
  if (request.body === 'sleep') await ctx.sleep('10ms')
  const work = ctx.work('1ms')
  look(ctx, 'a request', request, ctx, work)
  await work
  return { ok: [true] }
}
export async function onMessage(message, ctx) {
  ctx.reply({ ok: true })
  look(ctx, 'a message', message, ctx, ctx.state)
}`;

const EVERYTHING = {
  version: 1,
  title: 'Everything that handlers get',
  seed: 1,
  duration: '1s',
  components: {
    client: { kind: 'client', arrivals: { constant: '5/s' }, handler: 'looking.ts' },
    asked: { kind: 'service', workers: 4, handler: 'looking.ts' },
    box: { kind: 'queue' },
    replies: { kind: 'queue' },
  },
  links: [
    { from: 'client', to: 'asked', delay: '1ms' },
    { from: 'client', to: 'box', delay: '1ms' },
    { from: 'box', to: 'asked', delay: '1ms' },
    { from: 'asked', to: 'replies', delay: '1ms' },
    { from: 'replies', to: 'client', delay: '1ms' },
  ],
  files: { 'looking.ts': LOOKING },
};

describe('a handler', () => {
  it('reaches nothing of the simulator from anything it is given', () => {
    const said = new Set(runFile(EVERYTHING).log.map(({ text }) => text));
    expect([...said].sort()).toEqual([
      'looked at HandlerError, CallFailed, CallFailed, CallFailed, HandlerError, CallFailed',
      'looked at a message',
      'looked at a request',
      'looked at answers',
      'looked at promises of a client',
      'looked at promises that are waited for',
    ]);
  });

  // Those that need the lock-down, or break it, are tried in a browser.
  const attacks = ATTACKS.filter(({ kind, code }) => kind === 'scope' && !/host|code\(|constr'|RegExp|peek/.test(code));

  it.each(attacks)('$name', (attack) => {
    const targets = { own: '', other: '', socket: '', stunPort: 0 };
    const lane = runFile(attackScenario(attackFile(attack, targets)));
    expect(lane.stopped).toBeUndefined();
    expect(lane.handlerProblems).toEqual([]);
    expect(lane.log.map(({ text }) => text).filter((text) => !text.startsWith('refused'))).toEqual([]);
    expect(lane.summary.requests.N).toBeGreaterThan(100);
  });
});
