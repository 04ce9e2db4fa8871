/** The syntax tree of a handler file with its tokens: what the restrictions read and the lowering rewrites. */
import { parse, tokTypes, type AnyNode, type Function as AcornFunction, type Node, type Program, type Token } from 'acorn';

export type { AnyNode, Node, Program };

/** What `place-probes` calls in the code that it watches; it runs no code of the learner's. */
export const PROBE = '$seen';

export type FunctionNode = AcornFunction & AnyNode & { type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression' };

export class Syntax {
  readonly program: Program;
  private readonly tokens: Token[] = [];
  /** Where each line begins, as an offset in the source. */
  private readonly lineStarts: number[] = [0];

  /** Throws acorn's SyntaxError with `pos`. Handlers are modules: strict code, without top-level `await`. */
  constructor(readonly source: string) {
    this.program = parse(source, { ecmaVersion: 2024, sourceType: 'module', onToken: this.tokens, allowAwaitOutsideFunction: true });
    for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) this.lineStarts.push(at + 1);
  }

  /** The line of an offset, from 1. */
  lineOf(offset: number): number {
    return lastAtMost(this.lineStarts, offset, (start) => start) + 1;
  }

  /** The column of an offset, from 1. */
  columnOf(offset: number): number {
    return offset - this.lineStarts[this.lineOf(offset) - 1]! + 1;
  }

  /** The token that begins at an offset or is the next one after it. */
  tokenFrom(offset: number): Token {
    const index = lastAtMost(this.tokens, offset, (token) => token.start);
    const token = this.tokens[index];
    return token && token.start >= offset ? token : this.tokens[index + 1]!;
  }

  tokenAfter(token: Token): Token {
    return this.tokenFrom(token.end);
  }

  /** The last token that begins before an offset. */
  tokenBefore(offset: number): Token {
    return this.tokens[lastAtMost(this.tokens, offset - 1, (token) => token.start)]!;
  }

  /** The `=>` of an arrow function: between it and the body there are only parentheses and comments. */
  arrowOf(node: FunctionNode): Token {
    let token = this.tokenBefore(node.body.start);
    while (token.type !== tokTypes.arrow) token = this.tokenBefore(token.start);
    return token;
  }

  /** The first token of a type from an offset on. */
  tokenOfType(offset: number, type: Token['type']): Token {
    let token = this.tokenFrom(offset);
    while (token.type !== type) token = this.tokenAfter(token);
    return token;
  }

  /** Where a statement or field ends without its `;`. */
  endWithoutSemicolon(node: Node): number {
    const last = this.tokenBefore(node.end);
    return last.type === tokTypes.semi ? last.start : node.end;
  }
}

/** The index of the last item whose key is at most the limit; −1 when there is none. The items are sorted. */
function lastAtMost<T>(items: readonly T[], limit: number, keyOf: (item: T) => number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keyOf(items[middle]!) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** The nodes directly below one, in the order of the source. A shorthand property counts once. */
export function childrenOf(node: AnyNode): AnyNode[] {
  const children: AnyNode[] = [];
  for (const [key, value] of Object.entries(node) as [string, unknown][]) {
    if (key === 'key' && node.type === 'Property' && node.shorthand) continue;
    if (Array.isArray(value)) for (const item of value) if (isNode(item)) children.push(item);
    if (isNode(value)) children.push(value);
  }
  return children.sort((a, b) => a.start - b.start);
}

export function isFunction(node: AnyNode): node is FunctionNode {
  return node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';
}

/** Whether evaluating a node may call a function, not counting what nested functions do when they are called. */
export function mayCall(node: AnyNode): boolean {
  switch (node.type) {
    case 'CallExpression':
      // Whether code is watched must not change what it counts.
      if (node.callee.type === 'Identifier' && node.callee.name === PROBE) return node.arguments.some(mayCall);
      return true;
    case 'NewExpression':
    case 'TaggedTemplateExpression':
    case 'ForOfStatement':
    case 'SpreadElement':
    case 'ArrayPattern':
      return true;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return false;
    default:
      return childrenOf(node).some(mayCall);
  }
}
