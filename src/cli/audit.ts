/** `async-lab audit`: is every request answered, how much can the scenario carry, what do faults and attackers do to it? */
import type { ParseArgsConfig } from 'node:util';
import { seconds } from '../i18n/amounts';
import { auditSentence } from '../i18n/audit-sentence';
import { AUDITS, type AuditName, type AuditProgress, type AuditReport, type Finding, type Verdict } from '../model/audit';
import { LIMITS } from '../model/limits';
import { isRecord } from '../model/variant';
import { CliError } from './cli-error';
import { complain } from './complain';
import { readParameters } from './parameters';
import { readScenarioFile } from './read-file';
import { seedRange } from './seed-range';
import { Threads } from './threads';

const OPTIONS = {
  variant: { type: 'string' },
  seeds: { type: 'string', default: '1..3' },
  only: { type: 'string' },
  json: { type: 'boolean', default: false },
} satisfies ParseArgsConfig['options'];

/** Returns the exit status: 1 when something fails. */
export async function audit(parameters: string[]): Promise<number> {
  const { values, positionals } = readParameters(parameters, OPTIONS);
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) throw new CliError('Name one scenario file: async-lab audit FILE');
  const seeds = seedRange(values.seeds, LIMITS.auditSeeds);
  const audits = auditsOf(values.only);
  const file = readScenarioFile(path);
  if (!isRecord(file)) throw new CliError(`${path} holds no scenario`);
  const threads = new Threads(audits.length);
  const progress = new ProgressLine(audits);
  try {
    // Audits share nothing, so each may have a thread of its own.
    const replies = await Promise.all(
      audits.map((name) => threads.audit({ file, variant: values.variant ?? null, seeds, audits: [name] }, (step) => progress.show(step))),
    );
    progress.clear();
    const reports: AuditReport[] = [];
    for (const reply of replies) {
      if (!reply.ok) return complain(path, reply.problems);
      reports.push(reply.value);
    }
    const report = joined(reports);
    process.stdout.write(values.json ? `${JSON.stringify(plain(report), null, 2)}\n` : text(report));
    return report.findings.some(({ verdict }) => verdict === 'fail') ? 1 : 0;
  } finally {
    await threads.close();
  }
}

function auditsOf(only: string | undefined): readonly AuditName[] {
  if (only === undefined) return AUDITS;
  const names = only.split(',');
  const unknown = names.find((name) => !AUDITS.some((audit) => audit === name));
  if (unknown !== undefined) throw new CliError(`There is no audit "${unknown}". There are: ${AUDITS.join(', ')}`);
  return AUDITS.filter((name) => names.includes(name));
}

function joined(reports: readonly AuditReport[]): AuditReport {
  return {
    ...reports[0]!,
    runs: reports.reduce((sum, { runs }) => sum + runs, 0),
    findings: reports.flatMap(({ findings }) => findings),
  };
}

/** For other programs: what was changed as JSON of its own, and the sentence of each finding. */
function plain({ shortening, findings, ...report }: AuditReport): unknown {
  const parsed = (patch: string): unknown => JSON.parse(patch);
  return {
    ...report,
    shortening: parsed(shortening),
    findings: findings.map((finding) => ({
      ...finding,
      sentence: auditSentence(finding, 'en'),
      evidence: finding.evidence && { ...finding.evidence, change: parsed(finding.evidence.change) },
    })),
  };
}

const WORDS: Readonly<Record<Verdict, string>> = { fail: 'FAIL', warn: 'warn', note: 'note', pass: 'pass', notApplicable: 'n/a' };
const TITLES: Readonly<Record<AuditName, string>> = {
  functional: 'Functional',
  performance: 'Performance',
  faults: 'Fault handling',
  security: 'Security',
};

function text(report: AuditReport): string {
  const { title, variant, seeds, durationMicros, wholeMicros, runs, findings } = report;
  const length = durationMicros < wholeMicros ? `${seconds(durationMicros)} of its ${seconds(wholeMicros)}` : seconds(durationMicros);
  const heading = `${title}${variant === null ? '' : `, variant ${variant}`}: seeds ${seeds[0]} to ${seeds.at(-1)}, ${length} each, ${runs} runs`;
  const sections = AUDITS.flatMap((name) => {
    const own = findings.filter(({ audit: of }) => of === name);
    return own.length === 0 ? [] : [`${TITLES[name]}\n${own.map((finding) => `  ${line(finding)}`).join('\n')}`];
  });
  return `${heading}\n\n${sections.join('\n\n')}\n`;
}

function line(finding: Finding): string {
  const { verdict, evidence } = finding;
  const where = evidence && (verdict === 'fail' || verdict === 'warn') ? ` ${whereOf(evidence)}` : '';
  return `${WORDS[verdict].padEnd(4)}  ${auditSentence(finding, 'en')}${where}`;
}

function whereOf({ seed, atMicros, request }: NonNullable<Finding['evidence']>): string {
  return `[seed ${seed}, ${seconds(atMicros)}${request > 0 ? `, request ${request}` : ''}]`;
}

/** One line on a terminal that is written over and over; nothing where nobody watches. */
class ProgressLine {
  private readonly share = new Map<AuditName, number>();

  constructor(private readonly audits: readonly AuditName[]) {}

  show({ audit, done, total }: AuditProgress): void {
    if (!process.stderr.isTTY) return;
    this.share.set(audit, done / total);
    const all = this.audits.map((name) => `${name} ${Math.round((this.share.get(name) ?? 0) * 100)} %`);
    process.stderr.write(`\r\x1b[K${all.join('  ')}`);
  }

  clear(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }
}
