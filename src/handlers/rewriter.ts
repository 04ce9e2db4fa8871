/** The text of a handler file being rewritten, and the words that every part of the lowering uses. */
import type { Token } from 'acorn';
import MagicString from 'magic-string';
import type { AnyNode, FunctionNode, Node, Syntax } from './syntax';

/** Something the lowering does not take, at an offset of the source. */
export class NotTaken extends Error {
  constructor(
    readonly what: string,
    readonly offset: number,
  ) {
    super(what);
  }
}

/** Hands a node back to the lowering, which rewrites what is in it. */
export type Visit = (node: AnyNode) => void;

/**
 * Insertions stand in the order in which they are made: a node's own before those of what is in it, and its end after theirs. So nodes are
 * visited in the order of the source, and all text is put in with `insert`.
 */
export class Rewriter {
  readonly out: MagicString;

  constructor(readonly syntax: Syntax) {
    this.out = new MagicString(syntax.source);
  }

  insert(offset: number, text: string): void {
    this.out.appendLeft(offset, text);
  }

  /** Replaces a token or a node within its line; what was inserted around it stays. */
  replace({ start, end }: Token | Node, text: string): void {
    if (text === '') this.out.remove(start, end);
    else this.out.update(start, end, text);
  }

  /** An expression that counts one step, and stops the run at the limit. */
  step(node: Node): string {
    return `++$steps.used>$steps.limit&&$steps.stop(${this.syntax.lineOf(node.start)})`;
  }

  /** An `await` of the expression whose text is put between the two parts. */
  awaiting(node: Node): readonly [open: string, close: string] {
    return [`(yield $at(${this.syntax.lineOf(node.start)},`, '))'];
  }
}

/** As many parameters as `length` counts: those before the first with a default or a rest. */
export function parametersLike(node: FunctionNode): string {
  const counted = node.params.findIndex((parameter) => parameter.type === 'AssignmentPattern' || parameter.type === 'RestElement');
  return Array.from({ length: counted < 0 ? node.params.length : counted }, (_, index) => `$${index + 1}`).join();
}

/** The name of a property or method as text; undefined when it is computed. */
export function keyText(member: { readonly computed: boolean; readonly key: AnyNode }): string | undefined {
  const { computed, key } = member;
  if (computed) return undefined;
  if (key.type === 'Identifier') return key.name;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  return key.type === 'Literal' ? String(key.value) : undefined;
}
