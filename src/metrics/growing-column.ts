/** A column of numbers whose length is not known beforehand. */
export class GrowingColumn {
  private column = new Float64Array(1_024);
  private count = 0;

  push(value: number): void {
    if (this.count === this.column.length) {
      const larger = new Float64Array(this.column.length * 2);
      larger.set(this.column);
      this.column = larger;
    }
    this.column[this.count++] = value;
  }

  /** What was pushed so far. */
  get filled(): Float64Array<ArrayBuffer> {
    return this.column.subarray(0, this.count);
  }
}
