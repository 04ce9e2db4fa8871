/** What has changed between two texts, line by line: the longest common subsequence of their lines (Wagner and Fischer, 1974). */
export interface DiffLine {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
  /** The line's number in the old text, from 1; undefined for a new one. */
  readonly before: number | undefined;
  /** The line's number in the new text, from 1; undefined for one that is gone. */
  readonly after: number | undefined;
}

/** The table has a cell for each pair of lines that are not plainly the same; where it would be larger, all of them count as changed. */
const MOST_CELLS = 4_000_000;

/** All lines of both, in order; where lines were replaced, those that are gone come first. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;

  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  const keep = (): unknown => lines.push({ kind: 'same', text: old[i]!, before: ++i, after: ++j });
  const drop = (): unknown => lines.push({ kind: 'gone', text: old[i]!, before: ++i, after: undefined });
  const add = (): unknown => lines.push({ kind: 'new', text: now[j]!, before: undefined, after: ++j });

  while (i < head) keep();
  const [oldEnd, nowEnd] = [old.length - tail, now.length - tail];
  const common = commonLengths(old.slice(head, oldEnd), now.slice(head, nowEnd));
  while (i < oldEnd || j < nowEnd) {
    if (i < oldEnd && j < nowEnd && common && old[i] === now[j]) keep();
    else if (j >= nowEnd || (i < oldEnd && (!common || common(i + 1 - head, j - head) >= common(i - head, j + 1 - head)))) drop();
    else add();
  }
  while (i < old.length) keep();
  return lines;
}

/** How many lines the rests of both texts have in common, from these lines on. Undefined when there are too many to compare. */
function commonLengths(old: readonly string[], now: readonly string[]): ((from: number, to: number) => number) | undefined {
  const width = now.length + 1;
  if ((old.length + 1) * width > MOST_CELLS) return undefined;
  const table = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      table[i * width + j] =
        old[i] === now[j] ? table[(i + 1) * width + j + 1]! + 1 : Math.max(table[(i + 1) * width + j]!, table[i * width + j + 1]!);
    }
  }
  return (from, to) => table[from * width + to]!;
}

/** A run of changed lines with some unchanged ones around it. */
export type Hunk = readonly DiffLine[];

/** The changes with so many unchanged lines before and after each; neighbours that would touch are one. Empty when nothing has changed. */
export function hunksOf(lines: readonly DiffLine[], around = 2): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let [from, until] = [0, -1];
  lines.forEach(({ kind }, index) => {
    if (kind === 'same') return;
    if (index - around > until) {
      if (until >= 0) hunks.push(lines.slice(from, until));
      from = Math.max(0, index - around);
    }
    until = Math.min(lines.length, index + around + 1);
  });
  if (until >= 0) hunks.push(lines.slice(from, until));
  return hunks;
}
