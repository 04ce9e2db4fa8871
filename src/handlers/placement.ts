/** Where a place in generated code lies in the learner's file. Lines never change on the way; columns do, where types were taken out. */
import type MagicString from 'magic-string';

export interface FilePlace {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

type Segment = readonly [generatedColumn: number, source?: number, line?: number, column?: number, ...rest: number[]];

export class Placement {
  private mapped: readonly (readonly Segment[])[] | undefined;

  constructor(
    private readonly source: string,
    private readonly stripped: string,
  ) {}

  /**
   * From a place in the code without types. What is left of a line after its types are gone is a part of the line in the same order, so
   * the column is found by reading both along; where the same letters stand in a type too, it may come out a little early.
   */
  inFile(line: number, column: number): FilePlace {
    const original = this.source.split('\n')[line - 1] ?? '';
    const left = this.stripped.split('\n')[line - 1] ?? '';
    if (original === left) return { line, column };
    let at = 0;
    for (const character of left.slice(0, column - 1).replace(/\s/g, '')) {
      const found = original.indexOf(character, at);
      if (found >= 0) at = found + 1;
    }
    const next = left[column - 1];
    const found = next === undefined ? -1 : original.indexOf(next, at);
    return { line, column: (found >= 0 ? found : Math.min(at, original.length)) + 1 };
  }

  /** From a place in the lowered code. */
  ofLowered(lowered: MagicString, line: number, column: number): FilePlace {
    this.mapped ??= lowered.generateDecodedMap({ hires: 'boundary' }).mappings as unknown as readonly (readonly Segment[])[];
    const segments = this.mapped[line - 1] ?? [];
    let best: Segment | undefined;
    for (const segment of segments) {
      if (segment[0] > column - 1 && best) break;
      best = segment;
    }
    if (best?.[2] === undefined || best[3] === undefined) return { line, column: 1 };
    const inside = Math.max(0, column - 1 - best[0]);
    const next = segments[segments.indexOf(best) + 1];
    const length = next?.[3] !== undefined && next[2] === best[2] ? Math.max(0, next[3] - best[3]) : Infinity;
    return this.inFile(best[2] + 1, best[3] + Math.min(inside, length) + 1);
  }
}
