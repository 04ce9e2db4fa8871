import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Hop } from '../../src/metrics/hop';
import { atOnce } from '../../src/metrics/steps';
import { RequestRows } from '../../src/metrics/request-rows';
import { StoryReader, type Story } from '../../src/metrics/story';
import { hopAt, nextEffect, previousCause, troubleOf } from '../../src/metrics/story-walk';
import { findLesson } from '../../src/lesson/catalogue';
import { Outcome } from '../../src/model/outcome';
import type { LaneResult } from '../../src/model/run-result';
import { runFile } from '../world/run-file';

const shipped = (name: string): unknown => JSON.parse(readFileSync(`public/scenarios/${name}.json`, 'utf8'));

interface Told {
  readonly story: Story;
  readonly lane: LaneResult;
}

/** The story of the first request, in an order, whose story is as wanted. */
function tell(file: unknown, variant: string | null, wanted: (story: Story) => boolean, order: 'start' | 'time' = 'start'): Told {
  const lane = runFile(file, { variant });
  const rows = new RequestRows(lane);
  const reader = new StoryReader(lane, rows);
  for (const id of atOnce(rows.orderedInSteps(order, 'all'))) {
    const story = reader.story(id);
    if (story && wanted(story)) return { story, lane };
  }
  throw new Error('no such story');
}

function place(hop: Hop, { places }: LaneResult): string {
  const found = places[hop.place]!;
  return found.kind === 'link' ? `${found.from}>${found.to}` : found.id;
}

/** The causes of the end, from the start on: `flight client>greeter`. */
function causes({ story, lane }: Told): string[] {
  const found: string[] = [];
  for (let at = story.end; at !== undefined; at = story.hops[at]!.cause)
    found.unshift(`${story.hops[at]!.kind} ${place(story.hops[at]!, lane)}`);
  return found;
}

const has =
  (kind: Hop['kind']) =>
  ({ hops }: Story): boolean =>
    hops.some((hop) => hop.kind === kind);
const isOk = ({ row }: Story): boolean => row.outcome === Outcome.ok;

describe('the story of a request', () => {
  it('of a call: the line and how many were before it, the worker, the way back', () => {
    const told = tell(findLesson('greeter')!.scenario, null, (story) => isOk(story) && has('waiting')(story), 'time');
    expect(causes(told)).toEqual([
      'started client',
      'flight client>greeter',
      'waiting greeter',
      'handling greeter',
      'work greeter',
      'flight greeter>client',
      'ended client',
    ]);
    const waiting = told.story.hops.find(({ kind }) => kind === 'waiting')!;
    expect(waiting).toMatchObject({ part: 'Td', isOpen: false });
    expect(waiting.toMicros - waiting.fromMicros).toBe(told.story.row.parts.Td);
    expect(waiting.count).toBeGreaterThan(5);
    expect(told.story.path?.map(({ part }) => part)).toEqual(['Tr', 'Td', 'Ts', 'Tp']);
  });

  it('of a message through queues: the queue, the consumer, the queue back; what is accepted is not the end', () => {
    const told = tell(findLesson('greeter')!.scenario, 'queue', (story) => isOk(story) && has('waiting')(story));
    expect(causes(told)).toEqual([
      'started client',
      'flight client>hellos',
      'waiting hellos',
      'flight hellos>greeter',
      'handling greeter',
      'work greeter',
      'flight greeter>replies',
      'waiting replies',
      'flight replies>client',
      'ended client',
    ]);
    const accepted = told.story.hops.find(({ kind }) => kind === 'accepted')!;
    expect(accepted.fromMicros).toBe(told.story.row.acceptedMicros);
    expect(accepted.fromMicros).toBeLessThan(told.story.row.endedMicros);
  });

  it('of a call that is lost and tried again: the loss leads to the time-out, and that to the next attempt', () => {
    const file = {
      version: 1,
      title: 'retry',
      seed: 3,
      duration: '20s',
      components: {
        client: { kind: 'client', arrivals: { constant: '2/s' }, handler: 'client.ts' },
        server: { kind: 'service', workers: 1, work: '10ms' },
      },
      files: { 'client.ts': "export const onTick = (ctx: Ctx) => ctx.call('server', {}, { timeout: '100ms', retry: { attempts: 3 } });" },
      links: [{ from: 'client', to: 'server', delay: '5ms', loss: 0.3 }],
    };
    const told = tell(file, null, (story) => isOk(story) && story.hops.some(({ fate, kind }) => fate === 'lost' && kind === 'flight'));
    expect(causes(told).slice(0, 5)).toEqual([
      'started client',
      'flight client>server',
      'timedOut client',
      'retried client',
      'flight client>server',
    ]);
    expect(told.story.hops.find(({ fate }) => fate === 'lost')).toMatchObject({ reason: 'loss' });
    expect(told.story.path?.[0]).toMatchObject({ part: 'Td', fromMicros: told.story.row.startedMicros });
  });

  it('of a dead letter: each delivery and return, and the reason of its death', () => {
    const told = tell(shipped('dead-letters'), null, has('deadLettered'));
    const returned = told.story.hops.filter(({ kind }) => kind === 'returned');
    expect(returned.map(({ count }) => count)).toEqual([1, 2, 3]);
    expect(told.story.hops.find(({ kind }) => kind === 'deadLettered')).toMatchObject({ reason: 'delivery_limit' });
    expect(troubleOf(told.story)).toMatchObject({ kind: 'deadLettered' });
    expect(causes(told)).toContain('deadLettered orders');
  });

  it('of a record that several groups read: each fetches and handles it by itself', () => {
    const told = tell(
      shipped('pub-sub'),
      'a log',
      (story) => isOk(story) && story.hops.filter(({ kind }) => kind === 'handled').length === 3,
    );
    const { hops } = told.story;
    const appended = hops.find(({ kind }) => kind === 'appended')!;
    const readers = hops.filter(({ kind }) => kind === 'handling').map((hop) => place(hop, told.lane));
    expect(readers.sort()).toEqual(['audit', 'emails', 'stock']);
    for (const handled of hops.filter(({ kind }) => kind === 'handled')) {
      let at: number | undefined = handled.cause;
      while (at !== undefined && at > appended.index) at = hops[at]!.cause;
      expect(at).toBe(appended.index);
    }
  });

  it('of a hedged call: both attempts, the winner leads to the end, the pause before it is Td', () => {
    const told = tell(shipped('hedging'), null, (story) => has('hedged')(story) && story.path?.[0]?.part === 'Td');
    expect(causes(told).slice(-5)).toEqual([
      'flight app>replicas',
      'handling replicas',
      'work replicas',
      'flight replicas>app',
      'ended app',
    ]);
    expect(told.story.hops.filter(({ kind }) => kind === 'handling')).toHaveLength(2);
    expect(told.story.row.parts.Td).toBe(60_000);
  });

  it('of a call that an open breaker refuses: nothing leaves, and it says who refused', () => {
    const told = tell(shipped('circuit-breaker'), null, has('policyRefused'));
    expect(told.story.hops.map(({ kind }) => kind)).toEqual(['started', 'policyRefused', 'ended']);
    expect(troubleOf(told.story)).toMatchObject({ kind: 'policyRefused', reason: 'policy' });
    expect(told.lane.places[told.story.hops[1]!.place]).toMatchObject({ kind: 'part', id: 'breaker' });
  });

  it('of a failure in the third service: the loss there, not the errors that were handed on', () => {
    const told = tell(shipped('retry-amplification'), null, ({ row }) => row.outcome === Outcome.error);
    const trouble = troubleOf(told.story)!;
    expect([trouble.kind, place(trouble, told.lane), trouble.reason]).toEqual(['flight', 'stock>store', 'loss']);
  });
});

describe('going through a story', () => {
  const { story } = tell(findLesson('greeter')!.scenario, null, (one) => isOk(one) && has('waiting')(one));
  const { startedMicros, endedMicros } = story.row;

  it('by causes: from the end to the start', () => {
    const seen: string[] = [];
    let now = 0;
    let chosen: number | undefined;
    for (let hop = previousCause(story, now, chosen); hop; hop = previousCause(story, now, chosen)) {
      seen.push(hop.kind);
      [now, chosen] = [hop.fromMicros, hop.index];
    }
    expect(seen).toEqual(['ended', 'flight', 'work', 'handling', 'waiting', 'flight', 'started']);
  });

  it('by effects: from the start to the end', () => {
    const seen: string[] = [];
    let now = endedMicros + 1e6;
    let chosen: number | undefined;
    for (let hop = nextEffect(story, now, chosen); hop && seen.length < 20; hop = nextEffect(story, now, chosen)) {
      seen.push(hop.kind);
      [now, chosen] = [hop.fromMicros, hop.index];
    }
    expect(seen).toEqual(['started', 'flight', 'waiting', 'handling', 'work', 'flight', 'ended']);
  });

  it('from the middle of something: first to its beginning', () => {
    const waiting = story.hops.find(({ kind }) => kind === 'waiting')!;
    const middle = (waiting.fromMicros + waiting.toMicros) / 2;
    expect(hopAt(story, middle, undefined)).toBe(waiting);
    expect(previousCause(story, middle, undefined)).toBe(waiting);
    expect(nextEffect(story, middle, undefined)?.kind).toBe('handling');
    expect(hopAt(story, startedMicros - 1, undefined)).toBeUndefined();
  });
});
