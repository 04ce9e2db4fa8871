/** Lowers the head of an async function: how it is declared, and what wraps the generator that it becomes. */
import { tokTypes, type Token } from 'acorn';
import { TAKEN, type Taken } from './outer-names';
import { parametersLike, type Rewriter } from './rewriter';
import type { FunctionNode } from './syntax';

interface Head {
  /** What an arrow takes from the function around it. */
  readonly taken: readonly Taken[];
  /** The name that the function gets from where it stands. */
  readonly name: string;
  /** The name of the generator function beside a declaration. */
  readonly generator: string;
}

/** Rewrites the head of an async function and returns the text that closes it. */
export function lowerHead(rewriter: Rewriter, node: FunctionNode, head: Head): string {
  const first = rewriter.syntax.tokenFrom(node.start);
  if (node.type === 'ArrowFunctionExpression') return lowerArrowHead(rewriter, node, first, head);
  const keyword = rewriter.syntax.tokenAfter(first);
  const kind = node.generator ? 'Generator' : '';
  if (node.type === 'FunctionDeclaration') {
    const { generator } = head;
    const name = node.id?.name ?? 'default';
    const start = `$start${kind}(${generator},"${name}",this,arguments)`;
    rewriter.replace(first, `function ${name}(${parametersLike(node)}){return ${start}} `);
    if (!node.generator) rewriter.replace(keyword, 'function*');
    if (node.id) rewriter.replace(node.id, generator);
    return '';
  }
  const name = node.id?.name ?? head.name;
  if (node.id) {
    rewriter.replace(first, `$named${kind}(${name}=>`);
    rewriter.replace(node.id, '');
  } else rewriter.replace(first, node.generator ? '$generator(' : '$task(');
  if (!node.generator) rewriter.replace(keyword, 'function*');
  return `,${JSON.stringify(name)})`;
}

function lowerArrowHead(rewriter: Rewriter, node: FunctionNode, first: Token, { taken, name }: Head): string {
  const names = taken.map((what) => TAKEN[what][1]).join();
  const parenthesised = rewriter.syntax.tokenAfter(first).type === tokTypes.parenL;
  rewriter.replace(first, `${taken.length > 0 ? `$outer((${names})=>` : ''}$task(function*${parenthesised ? '' : '('}`);
  rewriter.replace(rewriter.syntax.arrowOf(node), parenthesised ? '' : ')');
  const values = taken.map((what) => TAKEN[what][0]).join();
  return `,${JSON.stringify(name)})${taken.length > 0 ? `,${values})` : ''}`;
}
