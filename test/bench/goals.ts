/** The goals of performance, as ratios within one run of the benchmark. A goal that is missed is printed as missed: nothing fails. */
export class Goals {
  private readonly lines: string[] = [];

  /** The ratio shall not exceed the limit. */
  atMost(what: string, value: number | undefined, limit: number, unit = '×'): void {
    this.add(what, value, `≤ ${limit} ${unit}`, value !== undefined && value <= limit);
  }

  atLeast(what: string, value: number | undefined, limit: number, unit = '×'): void {
    this.add(what, value, `≥ ${limit} ${unit}`, value !== undefined && value >= limit);
  }

  print(): void {
    console.log('\nGoals');
    for (const line of this.lines) console.log(line);
  }

  private add(what: string, value: number | undefined, goal: string, isHit: boolean): void {
    const verdict = value === undefined ? 'not measured' : isHit ? 'hit' : 'missed';
    this.lines.push(`  ${verdict.padEnd(13)}${what.padEnd(58)}${value === undefined ? '–' : value.toPrecision(3)} (goal ${goal})`);
  }
}
