/** What kind of amount a number of a table is, and how it is written, alone and with its interval. */
import type { Interval } from '../../metrics/interval';
import { duration, percent, perSecond } from './amount';

/** Durations in ms, rates per second, shares from 0 to 1. */
export type Quantity = 'duration' | 'rate' | 'share' | 'count';

/** Both languages of the page group digits alike. */
const NUMBERS = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });
const MEANS = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `1,000,000`, `0.8`: a number that is a parameter, not a measurement. */
export function writtenNumber(value: number): string {
  return NUMBERS.format(value);
}

const WRITE: Readonly<Record<Quantity, (value: number) => string>> = {
  duration,
  rate: perSecond,
  share: percent,
  count: (value) => MEANS.format(value),
};

export function writtenAmount(value: number, quantity: Quantity): string {
  return WRITE[quantity](value);
}

const MOST_DECIMALS = 6;

/**
 * `4.452 ± 0.038 s`: both in one unit, to two significant digits of the half-width, as the Guide to the Expression of Uncertainty in
 * Measurement asks for (JCGM 100:2008, 7.2.6). Where the runs agree to a millionth, the mean as it is and ± 0.
 */
export function writtenInterval({ mean, halfWidth }: Pick<Interval, 'mean' | 'halfWidth'>, quantity: Quantity): string {
  const [scale, unit] = unitOf(mean, quantity);
  const [middle, half] = [mean * scale, halfWidth * scale];
  let decimals = 0;
  for (let grown = half; grown < 10 && decimals < MOST_DECIMALS; grown *= 10) decimals += 1;
  const rounded = half.toFixed(decimals);
  return Number(rounded) === 0 ? `${Number(middle.toFixed(3))} ± 0${unit}` : `${middle.toFixed(decimals)} ± ${rounded}${unit}`;
}

function unitOf(mean: number, quantity: Quantity): readonly [scale: number, unit: string] {
  if (quantity === 'duration') return mean >= 1_000 ? [1 / 1_000, ' s'] : [1, ' ms'];
  if (quantity === 'share') return [100, ' %'];
  return [1, quantity === 'rate' ? ' / s' : ''];
}
