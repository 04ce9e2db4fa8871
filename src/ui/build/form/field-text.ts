/** What a field is called, what it is for and what may be written into it. A field that has no words yet goes by its key. */
import type { Shape } from '../../../model/fields/shape';

type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** `scope` is the kind of thing that has the field: the words for it come first. */
export function fieldName(scope: string, key: string, t: Translate): string {
  return worded([`field.${scope}.${key}`, `field.${key}`], t) ?? spelledOut(key);
}

export function fieldHelp(scope: string, key: string, t: Translate): string {
  return worded([`field.${scope}.${key}.help`, `field.${key}.help`], t) ?? '';
}

function worded(keys: readonly string[], t: Translate): string | undefined {
  return keys.map((key) => ({ key, text: t(key) })).find(({ key, text }) => text !== key && text !== '')?.text;
}

/** `ejectFor` to "Eject for". */
function spelledOut(key: string): string {
  const words = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What values there are: from 1 to 10,000; for a field that is `empty`, how a quantity is written. */
export function rangeText(shape: Shape, empty: boolean, t: Translate, locale: string): string {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 12 });
  if (shape.kind === 'number' && shape.min !== undefined && shape.max !== undefined) {
    return t('build.range', { min: number.format(shape.min), max: number.format(shape.max) });
  }
  return shape.kind === 'quantity' && empty ? t(`build.written.${shape.quantity}`) : '';
}

/** What counts when nothing is written. */
export function defaultText(fallback: string | undefined, t: Translate, locale: string): string {
  if (fallback === undefined) return t('build.notSet');
  const said = fallback === 'true' || fallback === 'false' ? t(`build.${fallback}`) : fallback;
  const number = /^\d{4,}$/.test(said) ? new Intl.NumberFormat(locale).format(Number(said)) : said;
  return t('build.default', { value: number });
}

/** What the value is written as in a field of text; lists by commas. */
export function textOf(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Units as a Chinese keyboard writes them; the longer words first. */
const CHINESE_UNITS: readonly (readonly [string, string])[] = [
  ['微秒', 'us'],
  ['毫秒', 'ms'],
  ['分钟', 'min'],
  ['小时', 'h'],
  ['秒', 's'],
  ['分', 'min'],
  ['时', 'h'],
];

/** Signs of full width, which an input method types for numbers, are the usual ones. */
const halfWidth = (text: string): string => text.normalize('NFKC').trim();
const withUsualUnits = (text: string): string => CHINESE_UNITS.reduce((said, [word, unit]) => said.replaceAll(word, unit), text);
/** Thousands in groups of three; any other comma is no part of a number. */
const ungrouped = (text: string): string => text.replace(/^([+-]?\d{1,3}(?:,\d{3})+)(?![,\d])/, (digits) => digits.replaceAll(',', ''));

/**
 * The value that a text stands for, whatever keyboard it was written with. What is no number where one belongs stays as it was typed, so
 * that it can be said what is wrong with it.
 */
export function valueOf(text: string, shape: Shape): unknown {
  const given = text.trim();
  if (given === '') return undefined;
  switch (shape.kind) {
    case 'number': {
      const digits = ungrouped(halfWidth(given));
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits) ? Number(digits) : given;
    }
    case 'quantity':
      return withUsualUnits(ungrouped(halfWidth(given)));
    case 'list':
      return given
        .split(/[,，、\n]/)
        .map((part) => part.trim())
        .filter((part) => part !== '')
        .map((part) => valueOf(part, shape.item));
    case 'any':
      return parsed(given);
    default:
      return given;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
