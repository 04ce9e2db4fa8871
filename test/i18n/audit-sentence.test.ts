import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { auditSentence } from '../../src/i18n/audit-sentence';
import findings from '../../src/i18n/audit.json';

test('numbers are written in the unit that their names end with, and a fault by its name', () => {
  const params = { fault: 'crash', target: 'greeter', lastsMs: 6_000, recoveryMs: 1_234 };
  const finding = { key: 'audit.faults.harmless', params } as const;
  expect(auditSentence(finding, 'en')).toBe(
    'Crash of greeter for 6.00 s: nothing lost, nothing failed, nothing handled again; as before 1.23 s after its end.',
  );
  expect(auditSentence(finding, 'zh')).toContain('greeter 崩溃 6.00 s');
});

test('both languages take in the same values', () => {
  const values = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!).sort();
  for (const [key, { en, zh }] of Object.entries(findings)) expect([key, values(zh)]).toEqual([key, values(en)]);
});

test('every finding that the audits can write has its sentence', () => {
  const folder = 'src/assess/audit';
  const texts = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
  const written = texts.flatMap((text) =>
    [...text.matchAll(/finding\(\s*'(\w+)',\s*[^,]+,\s*'([\w.]+)'/g)].map(([, audit, what]) => `audit.${audit}.${what}`),
  );
  expect(written.length).toBeGreaterThan(10);
  expect(written.filter((key) => !(key in findings))).toEqual([]);
});
