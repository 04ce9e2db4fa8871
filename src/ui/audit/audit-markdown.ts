/** A report as Markdown, to keep or to send. */
import { auditSentence } from '../../i18n/audit-sentence';
import { joinSentences } from '../../i18n/sentences';
import { t } from '../../i18n/t.svelte';
import { AUDITS, VERDICTS, type AuditReport, type Finding } from '../../model/audit';
import type { Language } from '../../model/lesson';
import { seconds } from '../formula/amount';
import { aboutText, countsOf } from './report-text';

export function auditMarkdown(report: AuditReport, language: Language): string {
  const line = (finding: Finding): string => {
    const { verdict, evidence } = finding;
    const where = evidence ? ` *(${t('audit.where', { seed: evidence.seed, time: seconds(evidence.atMicros) })})*` : '';
    return `- **${t(`audit.verdict.${verdict}`)}**: ${asText(auditSentence(finding, language))}${where}`;
  };
  const sections = AUDITS.flatMap((name) => {
    const own = VERDICTS.flatMap((verdict) => report.findings.filter((one) => one.audit === name && one.verdict === verdict));
    return own.length === 0 ? [] : [`## ${t(`audit.${name}`)}\n\n${own.map(line).join('\n')}`];
  });
  const title = `# ${asText(t('audit.title', { title: report.title }))}`;
  return `${[title, joinSentences(t('audit.done', countsOf(report)), asText(aboutText(report))), ...sections].join('\n\n')}\n`;
}

/** Names in a scenario may hold what Markdown takes for markup. */
function asText(text: string): string {
  return text.replace(/[\\`*_[\]<>|#]/g, '\\$&');
}
