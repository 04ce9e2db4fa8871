import { describe, expect, it } from 'vitest';
import type { StoredDocument } from '../../src/storage/document-store';
import {
  makeRecord,
  newestReadable,
  planSave,
  readRecord,
  VERSIONS_KEPT,
  VISITS_KEPT,
  visitsToForget,
  type JournalHeader,
  type JournalRecord,
  type Migration,
} from '../../src/storage/journal';

const MINUTE = 60_000;
const greeter: StoredDocument = { kind: 'own', lesson: 'greeter', file: { title: '问候', files: { 'greeter.ts': 'x' } } };

function record(seq: number, change: Partial<JournalRecord> = {}): JournalRecord {
  return { ...makeRecord('id', { seq, kind: 'edit', forget: [] }, greeter, 0), ...change };
}

/** Saves one after the other as the store does, one a second; the journal that is left. */
function saveTimes(times: number, asksForVersion: (save: number) => boolean = () => false): JournalHeader[] {
  let journal: JournalHeader[] = [];
  for (let save = 1; save <= times; save++) {
    const plan = planSave(journal, save * 1_000, asksForVersion(save));
    journal = [...journal.filter(({ seq }) => !plan.forget.includes(seq)), { seq: plan.seq, kind: plan.kind, savedAtMillis: save * 1_000 }];
  }
  return journal;
}

describe('planning a save', () => {
  it('begins with a version, then adds edits', () => {
    expect(saveTimes(3).map(({ seq, kind }) => `${seq} ${kind}`)).toEqual(['1 version', '2 edit', '3 edit']);
  });

  it('makes a version after twenty saves and forgets the edits before it', () => {
    expect(saveTimes(23).map(({ seq, kind }) => `${seq} ${kind}`)).toEqual(['1 version', '21 version', '22 edit', '23 edit']);
  });

  it('makes a version after five minutes, and when the clock was set back', () => {
    const headers: JournalHeader[] = [{ seq: 4, kind: 'version', savedAtMillis: 10 * MINUTE }];
    expect(planSave(headers, 14 * MINUTE, false).kind).toBe('edit');
    expect(planSave(headers, 15 * MINUTE, false).kind).toBe('version');
    expect(planSave(headers, 0, false).kind).toBe('version');
  });

  it('keeps the last twenty versions and never reuses a number', () => {
    const journal = saveTimes(100, () => true);
    expect(journal.map(({ seq }) => seq)).toEqual(Array.from({ length: VERSIONS_KEPT }, (_, index) => 81 + index));
  });

  it('never grows beyond the versions and the edits of one', () => {
    expect(saveTimes(5_000, (save) => save % 7 === 0).length).toBeLessThanOrEqual(VERSIONS_KEPT + 20);
  });
});

describe('reading a record', () => {
  it('brings back the document', () => {
    expect(readRecord(record(1))).toEqual({ document: greeter });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['one letter changed', record(1, { text: record(1).text.replace('greeter', 'greeten') })],
    ['half of it', record(1, { text: record(1).text.slice(0, 20) })],
    ['no schema', { ...record(1), schema: undefined }],
    ['a schema before the first', record(1, { schema: 0 })],
    ['no scenario', makeRecord('id', { seq: 1, kind: 'edit', forget: [] }, { ...greeter, file: 1 as never }, 0)],
  ])('says damaged for %s', (_what, given) => {
    expect(readRecord(given)).toEqual({ failed: 'damaged' });
  });

  it('says newer for a format to come', () => {
    expect(readRecord(record(1, { schema: 2 }))).toEqual({ failed: 'newer' });
  });

  it('migrates an old format step by step, from wherever it stands', () => {
    const migrations: Migration[] = [
      (document) => ({ ...document, lesson: 'second' }),
      (document) => ({ ...document, file: { title: `${String(document['lesson'])}, third` } }),
    ];
    expect(readRecord(record(1), migrations)).toEqual({ document: { kind: 'own', lesson: 'second', file: { title: 'second, third' } } });
    expect(readRecord(record(1, { schema: 2 }), migrations)).toEqual({
      document: { kind: 'own', lesson: 'greeter', file: { title: 'greeter, third' } },
    });
    expect(makeRecord('id', { seq: 1, kind: 'edit', forget: [] }, greeter, 0, migrations).schema).toBe(3);
  });
});

describe('finding the newest readable save', () => {
  it('goes past damaged ones and names them', () => {
    const broken = record(3, { checksum: 1 });
    expect(newestReadable([broken, record(2), record(1)])).toMatchObject({
      found: { record: { seq: 2 } },
      damaged: [broken],
      isNewer: false,
    });
  });

  it('does not fall back behind a newer format: that would bring back old work as if it were new', () => {
    expect(newestReadable([record(3, { schema: 9 }), record(2)])).toMatchObject({ found: undefined, isNewer: true });
  });
});

it('forgets the oldest visits and never own work', () => {
  const own = Array.from({ length: 50 }, (_, index) => ({ kind: 'own' as const, savedAtMillis: index }));
  const visits = Array.from({ length: VISITS_KEPT + 2 }, (_, index) => ({ kind: 'visit' as const, savedAtMillis: 100 + index }));
  expect(visitsToForget([...visits, ...own]).map(({ savedAtMillis }) => savedAtMillis)).toEqual([101, 100]);
});
