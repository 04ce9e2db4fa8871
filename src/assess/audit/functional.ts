/** Did every request get what it asked for, once, and in order? */
import type { Evidence, Finding, Verdict } from '../../model/audit';
import type { Bench } from './bench';
import { AuditStopped, finding, type Step } from './finding';
import { factsOf, type Incident, type RunFacts } from './run-facts';
import type { Subject } from './subject';

/** The incidents that each question counts, and how bad one is. */
const QUESTIONS = [
  { what: 'lost', of: 'lost', verdict: 'fail' },
  { what: 'late', of: 'late', verdict: 'fail' },
  { what: 'overdue', of: 'overdue', verdict: 'warn' },
  { what: 'failed', of: 'failed', verdict: 'warn' },
  { what: 'again', of: 'handledAgain', verdict: 'warn' },
  { what: 'overtaken', of: 'overtaken', verdict: 'warn' },
  { what: 'thrownAway', of: 'thrownAway', verdict: 'fail' },
  { what: 'deadLettered', of: 'deadLettered', verdict: 'warn' },
] as const satisfies readonly { what: string; of: keyof RunFacts; verdict: Verdict }[];

export function* functional(subject: Subject, bench: Bench, step: Step): Generator<undefined, Finding[]> {
  const { seeds } = subject;
  const perSeed: { readonly seed: number; readonly facts: RunFacts }[] = [];
  for (const [index, seed] of seeds.entries()) {
    const result = yield* bench.run(subject.file, seed);
    if (!result.ok) throw new AuditStopped(result.problems);
    if (result.value.stopped) throw new AuditStopped([result.value.stopped]);
    perSeed.push({ seed, facts: factsOf(result.value) });
    step(index + 1, seeds.length);
  }
  const sum = (count: (facts: RunFacts) => number): number => perSeed.reduce((total, { facts }) => total + count(facts), 0);
  const requests = sum((facts) => facts.requests);
  if (requests === 0) return [finding('functional', 'notApplicable', 'nothing')];
  const kinds = new Set(subject.scenario.components.map(({ kind }) => kind));
  const applies: Partial<Record<(typeof QUESTIONS)[number]['what'], boolean>> = {
    thrownAway: kinds.has('queue'),
    deadLettered: subject.scenario.components.some((one) => one.kind === 'queue' && one.deadLetter !== undefined),
    overtaken: kinds.has('queue') || kinds.has('topic'),
  };
  const findings = QUESTIONS.map(({ what, of, verdict }) => {
    if (applies[what] === false) return finding('functional', 'notApplicable', `${what}.none`);
    const count = sum((facts) => facts[of].length);
    if (count === 0) return finding('functional', 'pass', `${what}.pass`, { requests });
    return finding('functional', verdict, what, { count, requests }, firstOf(perSeed, of));
  });
  if (kinds.has('topic')) {
    const count = sum(({ topicLost }) => topicLost);
    findings.push(finding('functional', count > 0 ? 'fail' : 'pass', count > 0 ? 'topicLost' : 'topicLost.pass', { count }));
  }
  return findings;
}

function firstOf(
  perSeed: readonly { readonly seed: number; readonly facts: RunFacts }[],
  of: (typeof QUESTIONS)[number]['of'],
): Evidence | null {
  for (const { seed, facts } of perSeed) {
    const [first]: readonly Incident[] = facts[of];
    if (first) return { seed, atMicros: first.atMicros, request: first.request, change: '{}' };
  }
  return null;
}
