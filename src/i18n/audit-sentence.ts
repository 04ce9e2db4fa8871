/** What an audit has found, as sentences: for the page, for the command line, and as Markdown to keep. */
import type { Finding } from '../model/audit';
import type { Language } from '../model/lesson';
import { duration, percent, perSecond, seconds } from './amounts';
import findings from './audit.json';
import { filled } from './filled';

const SENTENCES: Readonly<Record<string, Readonly<Record<Language, string>>>> = findings;
const counts = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

/** The sentence of a finding, its numbers with the units that their names end with. */
export function auditSentence({ key, params }: Pick<Finding, 'key' | 'params'>, language: Language): string {
  const sentence = SENTENCES[key]?.[language];
  if (sentence === undefined) return `${key} ${JSON.stringify(params)}`;
  const values = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, written(name, value)]));
  // The name of a fault with its target is a text of its own, which the sentence takes in.
  const what = SENTENCES[`audit.fault.${values['fault']}`]?.[language];
  return filled(sentence, what === undefined ? values : { ...values, what: filled(what, values) });
}

function written(name: string, value: string | number): string {
  if (typeof value === 'string') return value;
  if (name.endsWith('Ms')) return duration(value);
  if (name.endsWith('PerSecond')) return perSecond(value);
  if (name.endsWith('Share')) return percent(value);
  if (name.endsWith('Micros')) return seconds(value);
  return counts.format(value);
}
