/** Keeps documents until the window closes, where the browser keeps nothing: private windows, blocked or broken storage. */
import type { DocumentStore } from './document-store';
import { makeRecord, planSave, readRecord, titleOf, visitsToForget, type JournalRecord } from './journal';

export function memoryStore(now: () => number): DocumentStore {
  const journals = new Map<string, readonly JournalRecord[]>();
  const loaded = (record: JournalRecord | undefined) => {
    const read = record && readRecord(record);
    return record && read && 'document' in read
      ? { ...read.document, seq: record.seq, savedAtMillis: record.savedAtMillis, unreadable: 0 }
      : undefined;
  };
  const newest = (id: string) => loaded(journals.get(id)?.at(-1));
  const entries = () =>
    [...journals.keys()].flatMap((id) => {
      const found = newest(id);
      if (!found) return [];
      const { kind, lesson, seq, savedAtMillis } = found;
      return [{ id, kind, lesson, title: titleOf(found), seq, savedAtMillis }];
    });
  return {
    persistent: false,
    load: async (id) => newest(id),
    save: async (id, document, options = {}) => {
      const journal = journals.get(id) ?? [];
      const plan = planSave(journal, now(), options.version ?? false);
      journals.set(id, [...journal.filter(({ seq }) => !plan.forget.includes(seq)), makeRecord(id, plan, document, now())]);
      for (const visit of visitsToForget(entries())) journals.delete(visit.id);
    },
    list: async (kind = 'own') =>
      entries()
        .filter((entry) => entry.kind === kind)
        .sort((left, right) => right.savedAtMillis - left.savedAtMillis),
    remove: async (id) => {
      journals.delete(id);
    },
    versions: async (id) =>
      (journals.get(id) ?? []).toReversed().flatMap((record) => {
        const found = loaded(record);
        return found ? [{ seq: found.seq, title: titleOf(found), savedAtMillis: found.savedAtMillis }] : [];
      }),
    loadVersion: async (id, seq) => loaded(journals.get(id)?.find((record) => record.seq === seq)),
    quarantined: async () => [],
    onExternalChange: () => () => undefined,
    close: () => journals.clear(),
  };
}
