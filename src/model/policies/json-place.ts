/** Where in the text of a JSON file a part of it stands, for problems that are shown at their line. */
export interface TextPlace {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

type Path = readonly (string | number)[];

/** The place of a key, or of an item of a list; of what encloses it when it is not there. In a text that is no JSON, where reading ends. */
export function jsonPlace(text: string, path: Path): TextPlace {
  const before = text.slice(0, new Locator(text, path).locate());
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}

const STRING = /"(?:[^"\\\n]|\\.)*"/y;
const WORD = /true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /\s*/y;

/** Reads along the text; it is given only what the reader of JSON has read or refused, so it need not check what it passes. */
class Locator {
  private offset = 0;
  private found = 0;
  private failed = false;

  constructor(
    private readonly text: string,
    private readonly path: Path,
  ) {}

  locate(): number {
    this.space();
    this.found = this.offset;
    this.value(0);
    this.space();
    if (this.offset < this.text.length) this.failed = true;
    return this.failed ? this.offset : this.found;
  }

  /** @param depth how many parts of the path lead here; −1: none of them */
  private value(depth: number): void {
    this.space();
    if (this.text[this.offset] === '{') this.parts('}', (index) => this.entry(index, depth));
    else if (this.text[this.offset] === '[') this.parts(']', (index) => this.item(index, depth));
    else if (this.take(STRING) === undefined && this.take(WORD) === undefined) this.failed = true;
  }

  private parts(close: string, part: (index: number) => void): void {
    this.offset += 1;
    this.space();
    if (this.text[this.offset] === close) return void this.offset++;
    for (let index = 0; !this.failed; index++) {
      part(index);
      if (this.failed) return;
      this.space();
      const next = this.text[this.offset];
      if (next !== ',' && next !== close) return void (this.failed = true);
      this.offset += 1;
      if (next === close) return;
    }
  }

  private entry(_index: number, depth: number): void {
    this.space();
    const start = this.offset;
    const key = this.take(STRING);
    this.space();
    if (key === undefined || this.text[this.offset] !== ':') return void (this.failed = true);
    this.offset += 1;
    this.value(this.reached(depth, unquoted(key), start));
  }

  private item(index: number, depth: number): void {
    this.space();
    this.value(this.reached(depth, index, this.offset));
  }

  private reached(depth: number, part: string | number, start: number): number {
    if (depth < 0 || this.path[depth] !== part) return -1;
    this.found = start;
    return depth + 1;
  }

  private space(): void {
    this.take(SPACE);
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.offset;
    const match = pattern.exec(this.text)?.[0];
    if (match !== undefined) this.offset += match.length;
    return match;
  }
}

/** A key with escapes that JSON does not know is no key of the path. */
function unquoted(key: string): string {
  try {
    return String(JSON.parse(key));
  } catch {
    return key;
  }
}
