/** Texts of a scenario file that its schema has found to be right, as numbers. */
import { readDistribution, show, type Distribution } from './distribution';
import { parseBandwidth, parseSize } from './size';
import { parseDuration, parseRate, type Micros } from './time';

/** Microseconds of a duration such as "20ms". */
export function readDuration(text: string): Micros {
  return parseDuration(text)!;
}

/** How often a second, of a rate such as "12/s". */
export function readRate(text: string): number {
  return parseRate(text)!;
}

/** Bytes of a size such as "16KiB". */
export function readSize(text: string): number {
  return parseSize(text)!;
}

/** Bytes per second of a bandwidth such as "10Mbit/s". */
export function readBandwidth(text: string): number {
  return parseBandwidth(text)!;
}

export function readDistributionOf(input: unknown): Distribution {
  const read = readDistribution(input, '');
  if ('problem' in read) throw new Error(`the schema let a distribution through that cannot be read: ${show(input)}`);
  return read.value;
}
