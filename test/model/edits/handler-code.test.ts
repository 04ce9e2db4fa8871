/** Whatever can be joined on the canvas runs with the code that is offered for it. */
import { describe, expect, it } from 'vitest';
import { COMPONENT_KINDS, type ComponentKind } from '../../../src/model/component-kind';
import { addComponent } from '../../../src/model/edits/components';
import { doesNothing, offerCode, withHandler } from '../../../src/model/edits/handler-code';
import { connect, linkProblem } from '../../../src/model/edits/links';
import { componentsOf } from '../../../src/model/edits/parts';
import { EMPTY_SCENARIO } from '../../../src/model/edits/starters';
import type { JsonRecord } from '../../../src/model/variant';
import { typeProblems } from '../../handlers/type-check';
import { runFile } from '../../world/run-file';

const textsOf = (scenario: JsonRecord): Readonly<Record<string, string>> => (scenario['files'] ?? {}) as Record<string, string>;

function withComponents(...kinds: readonly ComponentKind[]): JsonRecord {
  return kinds.reduce<JsonRecord>((file, kind) => addComponent(file, kind, [0, 0]).file, { ...EMPTY_SCENARIO, duration: '5s' });
}

function joined(scenario: JsonRecord, from: string, to: string): JsonRecord {
  const linked = connect(scenario, from, to);
  return offerCode(linked, from, to)?.scenario ?? linked;
}

/** The compiler takes its time, and many texts are the same. */
const checked = new Map<string, readonly string[]>();
function typesOf(text: string): readonly string[] {
  if (!checked.has(text)) checked.set(text, typeProblems(text));
  return checked.get(text)!;
}

/** How many messages and requests came to a component in its run, which must be one without problems. */
function cameTo(scenario: JsonRecord, component: string): number {
  for (const text of Object.values(textsOf(scenario))) expect(typesOf(text), text).toEqual([]);
  const lane = runFile(scenario);
  expect(lane.handlerProblems).toEqual([]);
  expect(lane.stopped).toBeUndefined();
  const { [component]: summary } = lane.summary.components;
  return summary && 'arrivals' in summary ? summary.arrivals : 0;
}

const PAIRS = (['client', 'service', 'queue', 'topic', 'balancer'] as const).flatMap((from) =>
  COMPONENT_KINDS.filter((to) => to !== 'client').map((to) => ({ from, to })),
);

describe('every pair that can be joined', () => {
  for (const { from, to } of PAIRS) {
    it(`${from} to ${to}`, () => {
      // A client and a service of its own make traffic; what is joined stands between that service and a last one.
      let scenario = withComponents('client', 'service', 'service');
      const [one, other] = [from, to].map((kind) => {
        const added = addComponent(scenario, kind, [0, 0]);
        scenario = added.file;
        return added.ids[0]!;
      }) as [string, string];
      if (linkProblem(scenario, one, other)?.key.match(/queueConsumer|topicSubscriber|balancerBackend|storeAsks/)) return;
      if (from !== 'client') {
        scenario = joined(joined(scenario, 'client', 'service'), 'service', one);
      } else {
        const { client: _client, ...components } = componentsOf(scenario);
        scenario = { ...scenario, components };
      }
      scenario = joined(scenario, one, other);
      if (to !== 'store' && to !== 'service') scenario = joined(scenario, other, 'service2');
      if (from === 'queue' && to === 'queue') return; // dead letters: nobody makes any here
      expect(cameTo(scenario, other)).toBeGreaterThan(0);
    });
  }
});

describe('the offer', () => {
  it('leaves a service what its form said', () => {
    const scenario = connect(withComponents('client', 'service'), 'client', 'service');
    const { scenario: written, changes } = withHandler(scenario, 'service')!;
    expect(changes).toEqual([{ component: 'service', file: 'service.ts', isNew: true, line: 1 }]);
    expect(componentsOf(written)['service']).toMatchObject({ handler: 'service.ts', workers: 1 });
    expect(textsOf(written)['service.ts']).toContain("await ctx.work(exponential('100ms'));");
    const answered = (file: JsonRecord) => runFile(file).summary.requests.N;
    expect(answered(written)).toEqual(answered(scenario));
  });

  it('takes every distribution of the form as the same one of the code', () => {
    const WORKS: readonly [unknown, string][] = [
      ['5ms', "'5ms'"],
      [{ uniform: ['1ms', '3ms'] }, "uniform('1ms', '3ms')"],
      [{ erlang: { k: 3, mean: '20ms' } }, "erlang('20ms', 3)"],
      [{ hyperexponential: { cv: 2, mean: '20ms' } }, "hyperexponential('20ms', 2)"],
      [{ normal: { sd: '5ms', mean: '20ms' } }, "normal('20ms', '5ms')"],
      [{ lognormal: { mean: '20ms', sd: '5ms' } }, "lognormal('20ms', '5ms')"],
      [{ pareto: { min: '5ms', alpha: 2.5 } }, "pareto('5ms', 2.5)"],
    ];
    for (const [work, code] of WORKS) {
      const scenario = { components: { a: { kind: 'service', work } } };
      expect(textsOf(withHandler(scenario, 'a')!.scenario)['a.ts']).toContain(`ctx.work(${code})`);
    }
    expect(withHandler({ components: { a: { kind: 'service', work: { empirical: ['1ms'] } } } }, 'a')).toBeUndefined();
  });

  it('is made once: nothing is missing any more', () => {
    const scenario = joined(withComponents('client', 'service', 'queue'), 'service', 'queue');
    expect(offerCode(scenario, 'service', 'queue')).toBeUndefined();
  });

  it('changes no code that two use, and none at all where files must stay', () => {
    const handler = { kind: 'service', handler: 'both.ts' };
    const text = 'export async function onRequest(request: Request, ctx: Ctx) {\n}\n';
    const shared = {
      components: { a: handler, b: handler, q: { kind: 'queue' } },
      links: [{ from: 'a', to: 'q' }],
      files: { 'both.ts': text },
    };
    const offer = offerCode(shared, 'a', 'q')!;
    expect(textsOf(offer.scenario)['both.ts']).toBe(text);
    expect(offer.changes).toEqual([{ component: 'a', file: 'a.ts', isNew: true, line: 2 }]);
    const alone = { ...shared, components: { a: handler, q: { kind: 'queue' } } };
    expect(offerCode(alone, 'a', 'q')!.changes[0]).toMatchObject({ file: 'both.ts', isNew: false });
    expect(offerCode(alone, 'a', 'q', true)!.changes[0]).toMatchObject({ file: 'a.ts', isNew: true });
  });

  it('gives a receiver the handler that it lacks', () => {
    const text = 'export async function onRequest(request: Request, ctx: Ctx) {}\n';
    const scenario = {
      components: { q: { kind: 'queue' }, a: { kind: 'service', handler: 'a.ts' } },
      links: [{ from: 'q', to: 'a' }],
      files: { 'a.ts': text },
    };
    const offer = offerCode(scenario, 'q', 'a')!;
    expect(textsOf(offer.scenario)['a.ts']).toBe(
      `${text}\nexport async function onMessage(message: Message, ctx: Ctx) {\n  await ctx.work('10ms');\n}\n`,
    );
    expect(offer.changes[0]?.line).toBe(3);
  });

  it('asks nobody in a circle', () => {
    const scenario = joined(joined(withComponents('service', 'service', 'queue'), 'service', 'queue'), 'queue', 'service2');
    expect(offerCode(connect(scenario, 'service2', 'service'), 'service2', 'service')).toBeUndefined();
  });

  it('takes a file of any shape', () => {
    for (const file of [{}, { components: { a: 1, b: { kind: 'service', handler: 3 } }, files: 7, links: [{ from: 'b', to: 'a' }] }])
      expect([offerCode(file, 'b', 'a'), offerCode(file, 'a', 'b'), doesNothing(file, 'a')]).toEqual([undefined, undefined, false]);
  });
});
