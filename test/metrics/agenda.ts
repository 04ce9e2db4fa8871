/** Events by time, then by the order in which they were asked for: a binary heap. */
export class Agenda {
  private readonly heap: { time: number; seq: number; run: (now: number) => void }[] = [];
  private seq = 0;

  add(time: number, run: (now: number) => void): void {
    const { heap } = this;
    heap.push({ time: Math.round(time), seq: this.seq++, run });
    for (let at = heap.length - 1; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!this.before(at, parent)) break;
      [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
      at = parent;
    }
  }

  runUntil(end: number): void {
    const { heap } = this;
    while (heap.length > 0 && heap[0]!.time <= end) {
      const top = heap[0]!;
      const last = heap.pop()!;
      if (heap.length > 0) {
        heap[0] = last;
        for (let at = 0; ;) {
          let least = at;
          for (const child of [2 * at + 1, 2 * at + 2]) if (child < heap.length && this.before(child, least)) least = child;
          if (least === at) break;
          [heap[at], heap[least]] = [heap[least]!, heap[at]!];
          at = least;
        }
      }
      top.run(top.time);
    }
  }

  private before(a: number, b: number): boolean {
    const [x, y] = [this.heap[a]!, this.heap[b]!];
    return x.time < y.time || (x.time === y.time && x.seq < y.seq);
  }
}
