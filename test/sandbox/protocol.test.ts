import { describe, expect, it } from 'vitest';
import { readReply } from '../../src/sandbox/check-reply';
import { Inbox } from '../../src/sandbox/inbox';
import { Outbox } from '../../src/sandbox/outbox';
import { CREDIT_STEP, IDLE, INITIAL_CREDIT, type Reply } from '../../src/sandbox/protocol';
import type { AuditReport } from '../../src/model/audit';
import type { SeenValues } from '../../src/model/seen-values';
import { laneOf } from './lane-sample';

type Path = readonly (string | number)[];

const EVIDENCE = { seed: 1, atMicros: 5e6, request: 3, change: '{}' };
const FINDING = { audit: 'functional', verdict: 'fail', key: 'audit.functional.lost', params: { count: 3 }, evidence: EVIDENCE } as const;
const REPORT: AuditReport = {
  title: 'M/M/1',
  variant: null,
  seeds: [1, 2],
  durationMicros: 60e6,
  wholeMicros: 600e6,
  shortening: '{"duration":"60s"}',
  runs: 3,
  findings: [FINDING],
};
const SEEN = { text: '[1]', atMicros: 4, order: 1, request: 2, component: 'greeter' };
const VALUES: SeenValues = {
  untilMicros: 5,
  complete: true,
  files: [
    {
      file: 'greeter.ts',
      names: [{ line: 1, column: 7, length: 1, sites: [0] }],
      sites: [{ times: 1, last: SEEN, ofRequest: undefined }],
    },
  ],
};
const valuesWith = (part: object): unknown => ({
  kind: 'values',
  id: 1,
  sequence: 1,
  values: { ...VALUES, files: [{ ...VALUES.files[0], ...part }] },
});
const reportWith = (part: object): unknown => ({
  kind: 'report',
  id: 1,
  sequence: 1,
  report: { ...REPORT, findings: [{ ...FINDING, ...part }] },
});

/** The lane message with one place of it changed. */
function laneWith(path: Path, value: unknown): unknown {
  const message = { kind: 'lane', id: 1, sequence: 1, lane: laneOf(null) };
  let owner = message as unknown as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) {
    const copied: object = Array.isArray(owner[key]) ? [...(owner[key] as unknown[])] : { ...(owner[key] as object) };
    owner[key] = copied;
    owner = copied as Record<string | number, unknown>;
  }
  owner[path.at(-1) ?? ''] = value;
  return message;
}

describe('a reply is believed only when every part of it fits', () => {
  it('takes each kind as it is', () => {
    const replies: Reply[] = [
      { kind: 'ready', sequence: 1 },
      { kind: 'pong', at: IDLE, sequence: 2 },
      { kind: 'progress', id: 1, fraction: 0.5, at: { ...IDLE, phase: 'running', position: 'greeter.ts' }, sequence: 3 },
      { kind: 'lane', id: 1, lane: laneOf('slow'), sequence: 4 },
      { kind: 'summary', id: 1, seed: 7, summary: laneOf(null).summary, sequence: 5 },
      { kind: 'problems', id: 1, problems: [{ path: 'links[0]', key: 'problem.delay', params: { value: '5m' } }], sequence: 6 },
      { kind: 'failed', id: 1, message: 'InvariantBroken: x', sequence: 7 },
      { kind: 'step', id: 1, step: { audit: 'functional', done: 1, total: 3 }, sequence: 7 },
      { kind: 'report', id: 1, report: REPORT, sequence: 7 },
      { kind: 'values', id: 1, values: VALUES, sequence: 7 },
      { kind: 'cancelled', id: 1, sequence: 8 },
      { kind: 'finished', id: 1, sequence: 9 },
    ];
    for (const reply of replies) expect(readReply(structuredClone(reply))).toEqual(reply);
  });

  it.each([
    ['no object', 7],
    ['null', null],
    ['an unknown kind', { kind: 'navigate', sequence: 1 }],
    ['a missing sequence', { kind: 'ready' }],
    ['an extra field', { kind: 'ready', sequence: 1, html: '<b>' }],
    ['a fraction above 1', { kind: 'progress', id: 1, fraction: 2, at: IDLE, sequence: 1 }],
    ['a position without end', { kind: 'pong', at: { ...IDLE, position: 'x'.repeat(1_000) }, sequence: 1 }],
    ['a value without end', valuesWith({ sites: [{ times: 1, last: { ...SEEN, text: 'x'.repeat(10_000) }, ofRequest: undefined }] })],
    ['a value that is no text', valuesWith({ sites: [{ times: 1, last: { ...SEEN, text: { html: '<b>' } }, ofRequest: undefined }] })],
    ['a name bound where nothing is', valuesWith({ sites: [] })],
    ['no problems', { kind: 'problems', id: 1, problems: [], sequence: 1 }],
    ['a problem that is no problem', { kind: 'problems', id: 1, problems: [{ path: '', key: 'shell.title', params: {} }], sequence: 1 }],
    ['a message without end', { kind: 'failed', id: 1, message: 'x'.repeat(100_000), sequence: 1 }],
    ['a finding of an audit that does not exist', reportWith({ audit: 'fairness' })],
    ['a finding with another key', reportWith({ key: 'shell.title' })],
    ['a change that is no text of an object', reportWith({ evidence: { ...EVIDENCE, change: '[1]' } })],
    ['an id that is no number', { kind: 'finished', id: '1', sequence: 1 }],
  ])('refuses %s', (_, message) => {
    expect(readReply(message)).toBeTypeOf('string');
  });

  it.each([
    ['a column shorter than its count', ['lane', 'chunks', 0, 'time'], new Float64Array(1)],
    ['a column of another type', ['lane', 'chunks', 0, 'kind'], new Int32Array(2)],
    ['a list in place of a column', ['lane', 'chunks', 0, 'time'], [1, 2]],
    ['a count above the columns', ['lane', 'chunks', 0, 'count'], 3],
    ['a chunk of more than one chunk', ['lane', 'chunks', 0, 'count'], 40_000],
    ['a negative count', ['lane', 'requests', 0, 'count'], -1],
    ['records beyond the total', ['lane', 'totalRecords'], 1],
    ['a record at a place that is not there', ['lane', 'chunks', 0, 'place'], new Uint16Array([0, 9])],
    ['a record of a kind that is not there', ['lane', 'chunks', 0, 'kind'], new Uint8Array([1, 200])],
    ['a row of a client that is not there', ['lane', 'requests', 0, 'client'], new Uint16Array([9])],
    ['a log line at a place that is not there', ['lane', 'log', 0, 'place'], 9],
    ['a log line without end', ['lane', 'log', 0, 'text'], 'x'.repeat(1_001)],
    ['a chart that is not there', ['lane', 'chartOfPlace'], [0, 5, 0, 0]],
    ['fewer workers than places', ['lane', 'workersOfPlace'], [0]],
    ['an endless virtual time', ['lane', 'endMicros'], Infinity],
    ['a time that is no number', ['lane', 'durationMicros'], NaN],
    ['a number in place of the title', ['lane', 'summary', 'title'], 5],
    ['a mean that is no number', ['lane', 'summary', 'requests', 'T', 'meanMs'], 'soon'],
    ['a place with markup for a kind', ['lane', 'places', 0], { kind: '<img>', id: 'client' }],
    ['too many variants of a name', ['lane', 'variant'], 'x'.repeat(1_000)],
    ['a function-like stop', ['lane', 'stopped'], { path: '', key: 'problem.x', params: { a: {} } }],
  ] satisfies [string, Path, unknown][])('refuses a lane with %s', (_, path, value) => {
    expect(readReply(laneWith(path, value))).toBeTypeOf('string');
  });
});

describe('credit', () => {
  it('lets no more out than was granted, in order, without a gap', () => {
    const sent: Reply[] = [];
    const outbox = new Outbox((reply) => sent.push(reply));
    for (let id = 1; id <= INITIAL_CREDIT + 10; id++) outbox.send({ kind: 'finished', id });
    expect(sent).toHaveLength(INITIAL_CREDIT);
    outbox.sendIfFree({ kind: 'pong', at: IDLE });
    outbox.grant(CREDIT_STEP);
    expect(sent.map((reply) => reply.sequence)).toEqual(Array.from({ length: INITIAL_CREDIT + 10 }, (_, index) => index + 1));
    expect(sent.every((reply) => reply.kind === 'finished')).toBe(true);
  });

  it('says when the executor has to wait', () => {
    const outbox = new Outbox(() => undefined);
    for (let id = 1; id < INITIAL_CREDIT + 64; id++) outbox.send({ kind: 'finished', id });
    expect(outbox.full).toBe(false);
    outbox.send({ kind: 'finished', id: 999 });
    expect(outbox.full).toBe(true);
  });

  it('is renewed as the page reads, so that an honest worker never stops', () => {
    let granted = 0;
    const inbox = new Inbox((messages) => (granted += messages));
    for (let sequence = 1; sequence <= 1_000; sequence++)
      expect(inbox.receive({ kind: 'finished', id: 1, sequence })).toHaveProperty('reply');
    expect(granted).toBe(Math.floor(1_000 / CREDIT_STEP) * CREDIT_STEP);
  });

  it('ends at the first message that is out of order or no reply', () => {
    expect(new Inbox(() => undefined).receive({ kind: 'ready', sequence: 2 })).toEqual({ breach: 'messages out of order' });
    expect(new Inbox(() => undefined).receive('ready')).toHaveProperty('breach');
  });
});
