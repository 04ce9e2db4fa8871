/** An amount of data with three significant digits, in the units of the SI: `340 B`, `16.4 kB`, `1.25 MB`. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let [value, unit] = [bytes, 0];
  // 999.5 would round to four digits.
  while (value >= 999.5 && unit < units.length - 1) [value, unit] = [value / 1_000, unit + 1];
  return `${Number(value.toPrecision(3))} ${units[unit]!}`;
}
