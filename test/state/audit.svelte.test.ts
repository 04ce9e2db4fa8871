import { expect, test } from 'vitest';
import type { AuditReport } from '../../src/model/audit';
import { problem } from '../../src/model/problem';
import type { AuditReply } from '../../src/sandbox/run-reply';
import { AuditState } from '../../src/state/audit.svelte';

const REPORT = { title: 'mine', findings: [] } as unknown as AuditReport;

function handed(reply: AuditReply): AuditState {
  return new AuditState({
    audit: (_request, onStep) => {
      onStep({ audit: 'functional', done: 1, total: 4 });
      return Promise.resolve(reply);
    },
    cancel: () => undefined,
  });
}

test('a report stays, and knows whether it is about the file as it is now', async () => {
  const audit = handed({ kind: 'finished', report: REPORT });
  const file = { title: 'mine' };
  const asked = audit.ask(file, null);
  expect([audit.status, audit.shareOf('functional')]).toEqual(['running', 0.25]);
  await asked;
  expect([audit.status, audit.report]).toEqual(['done', REPORT]);
  expect([audit.isAbout(file), audit.isAbout({ title: 'mine' }), audit.isAbout({ title: 'another' })]).toEqual([true, true, false]);
});

test('what was stopped or could not be made is said, and the older report stays', async () => {
  const replies: AuditReply[] = [
    { kind: 'finished', report: REPORT },
    { kind: 'cancelled' },
    { kind: 'stopped', problem: problem('', 'problem.sandboxSilent') },
  ];
  const audit = new AuditState({ audit: () => Promise.resolve(replies.shift()!), cancel: () => undefined });
  const statuses: string[] = [];
  for (let round = 0; round < 3; round++) {
    await audit.ask({}, null);
    statuses.push(audit.status);
  }
  expect(statuses).toEqual(['done', 'cancelled', 'failed']);
  expect(audit.report).toBe(REPORT);
  expect(audit.problems.map(({ key }) => key)).toEqual(['problem.sandboxSilent']);
});
