import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMPONENT_KINDS } from '../../src/model/component-kind';
import { EMPTY_SCENARIO } from '../../src/model/edits/starters';
import { addFault, moveFault, stretchFault } from '../../src/model/edits/faults';
import { readScenario } from '../../src/model/read-scenario';
import type { JsonRecord } from '../../src/model/variant';
import { BuildState } from '../../src/state/build.svelte';
import { DocumentState } from '../../src/state/document.svelte';

function opened(file: JsonRecord = EMPTY_SCENARIO): { document: DocumentState; build: BuildState } {
  const document = new DocumentState();
  document.open({ id: 'x', kind: 'own', lesson: undefined }, file, true);
  return { document, build: new BuildState(document) };
}

describe('the workbench', () => {
  it('goes from nothing to something that runs, step by step', () => {
    const { document, build } = opened();
    const [client, service] = [build.add('client'), build.add('service')];
    expect(build.connect(client, service)).toBeUndefined();
    expect(build.problems).toEqual([]);
    expect(readScenario(document.file, null).ok).toBe(true);
    expect(build.chosenLinks).toEqual([0]);
  });

  it('says why two things cannot be joined, and leaves them as they are', () => {
    const { document, build } = opened();
    const store = build.add('store');
    const service = build.add('service');
    const before = document.file;
    expect(build.connect(store, service)?.key).toBe('problem.storeAsks');
    expect(document.file).toBe(before);
  });

  it('takes what is typed into one field back in one step, and keeps a wrong value to be mended', () => {
    const { document, build } = opened();
    const id = build.add('service');
    for (const value of ['1', '12', '12x']) build.set(['components', id, 'workers'], value);
    expect(build.problems.map(({ path }) => path)).toContain(`components.${id}.workers`);
    document.undo();
    expect(build.valueAt(['components', id, 'workers'])).toBe(1);
  });

  it('writes an edit of a variant into the variant alone, and takes a difference back', () => {
    const { document, build } = opened();
    const id = build.add('service');
    build.addVariant('more');
    build.set(['components', id, 'workers'], 4);
    expect(document.file['variants']).toEqual({ more: { components: { [id]: { workers: 4 } } } });
    expect(build.scenario['components']).toMatchObject({ [id]: { workers: 4 } });
    build.revert(['components', id, 'workers']);
    expect(document.file['variants']).toEqual({ more: {} });
    document.undo();
    document.undo();
    document.undo();
    expect(build.variant).toBeNull();
  });

  it('keeps everything in its place when one thing is moved', () => {
    const { build } = opened({
      ...EMPTY_SCENARIO,
      components: { a: { kind: 'client', users: 1, calls: 'b' }, b: { kind: 'service', work: '1ms' } },
      links: [{ from: 'a', to: 'b' }],
    });
    const [a, b] = build.plan;
    build.choose(['b']);
    build.move(10, -20);
    const [laterA, laterB] = build.plan;
    expect([laterA?.x, laterA?.y]).toEqual([Math.round(a!.x), Math.round(a!.y)]);
    expect([laterB?.x, laterB?.y]).toEqual([Math.round(b!.x + 10), Math.round(b!.y - 20)]);
  });

  it('undoes any sequence of edits to the file that was there, and does them all again', () => {
    const command = fc.oneof(
      fc.constantFrom(...COMPONENT_KINDS).map((kind) => (build: BuildState) => void build.add(kind)),
      fc.tuple(fc.nat(5), fc.nat(5)).map(([one, other]) => (build: BuildState) => {
        const ids = Object.keys(build.components);
        if (ids[one] !== undefined && ids[other] !== undefined) build.connect(ids[one], ids[other]);
      }),
      fc.nat(5).map((index) => (build: BuildState) => build.choose(Object.keys(build.components).slice(index, index + 2))),
      fc.constant((build: BuildState) => build.remove()),
      fc.constant((build: BuildState) => build.duplicate()),
      fc.tuple(fc.integer(), fc.integer()).map(
        ([dx, dy]) =>
          (build: BuildState) =>
            build.move(dx % 999, dy % 999),
      ),
      fc.string().map((text) => (build: BuildState) => build.set(['title'], text)),
      fc.constant((build: BuildState) => build.addVariant('other')),
      fc.constant((build: BuildState) => build.edit((scenario) => addFault(scenario, 'crash'))),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 15 }), (commands) => {
        const { document, build } = opened();
        for (const act of commands) act(build);
        const made = document.file;
        while (document.canUndo) document.undo();
        expect(document.file).toEqual(EMPTY_SCENARIO);
        while (document.canRedo) document.redo();
        expect(document.file).toEqual(made);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a fault on the timeline', () => {
  const shop: JsonRecord = {
    ...EMPTY_SCENARIO,
    duration: '100s',
    components: { a: { kind: 'client', users: 1, calls: 'b' }, b: { kind: 'service', work: '1ms' } },
    links: [{ from: 'a', to: 'b' }],
  };

  it.each(['crash', 'pause', 'partition', 'slow', 'loss', 'duplicate', 'reorder', 'corrupt', 'set'])(
    'of the kind %s is right as it is added',
    (kind) => {
      const read = readScenario(addFault(shop, kind), null);
      expect(read.ok ? [] : read.problems).toEqual([]);
    },
  );

  it('moves and stretches within the run', () => {
    const file = addFault(shop, 'crash');
    expect(moveFault(file, 0, 45_678_901)['faults']).toEqual([{ at: '45.679s', for: '10s', crash: 'b' }]);
    expect(moveFault(file, 0, 1e12)['faults']).toEqual([{ at: '100s', for: '10s', crash: 'b' }]);
    expect(stretchFault(file, 0, 55e6)['faults']).toEqual([{ at: '30s', for: '25s', crash: 'b' }]);
    expect(stretchFault(file, 0, 0)['faults']).toEqual([{ at: '30s', for: '1s', crash: 'b' }]);
  });
});

describe('code for links', () => {
  it('comes with the link when a client does nothing yet, in one step', () => {
    const { document, build } = opened();
    const [client, queue, service] = [build.add('client'), build.add('queue'), build.add('service')];
    build.connect(queue, service);
    const before = document.file;
    build.connect(client, queue);
    expect(document.files).toEqual({ 'client.ts': expect.stringContaining("ctx.send('queue'") });
    expect(build.problems).toEqual([]);
    document.undo();
    expect(document.file).toBe(before);
  });

  it('is offered when there is something to lose, and taken in one step', () => {
    const { document, build } = opened();
    const [client, service, store] = [build.add('client'), build.add('service'), build.add('store')];
    build.connect(client, service);
    build.connect(service, store);
    const before = document.file;
    const offer = build.codeFor(build.chosenLinks[0]!)!;
    expect(offer.changes).toMatchObject([{ component: 'service', file: 'service.ts', isNew: true }]);
    build.writeCode(offer);
    expect(build.hasFile('service.ts')).toBe(true);
    expect(build.codeFor(build.chosenLinks[0]!)).toBeUndefined();
    expect(build.problems).toEqual([]);
    document.undo();
    expect(document.file).toBe(before);
  });

  it('of a variant lies with the other files and leaves those as they are', () => {
    const { document, build } = opened();
    const [client, service, store] = [build.add('client'), build.add('service'), build.add('store')];
    build.connect(client, service);
    build.writeCode(build.codeInstead(service)!);
    const text = document.files['service.ts'];
    build.addVariant('stored');
    build.connect(service, store);
    build.writeCode(build.codeFor(build.chosenLinks[0]!)!);
    expect(document.files['service.ts']).toBe(text);
    expect(document.files['service2.ts']).toContain('ctx.store.put');
    expect(document.file['components']).toMatchObject({ [service]: { handler: 'service.ts' } });
    expect(readScenario(document.file, 'stored').ok).toBe(true);
  });
});
