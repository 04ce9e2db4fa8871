/** Engines differ in the last bit of `**`, so it becomes a call of the lab's own power. */
import { tokTypes } from 'acorn';
import { NotTaken, type Rewriter, type Visit } from './rewriter';
import type { AnyNode } from './syntax';

export function lowerPower(rewriter: Rewriter, node: AnyNode & { type: 'BinaryExpression' }, visit: Visit): void {
  rewriter.insert(node.start, '$pow(');
  visit(node.left as AnyNode);
  rewriter.replace(rewriter.syntax.tokenOfType(node.left.end, tokTypes.starstar), ',');
  visit(node.right);
  rewriter.insert(node.end, ')');
}

/** `a **= b` reads its target twice, which only a plain name or member allows. */
export function lowerPowerAssignment(rewriter: Rewriter, node: AnyNode & { type: 'AssignmentExpression' }, visit: Visit): void {
  const { left } = node;
  const target = rewriter.syntax.source.slice(left.start, left.end);
  const plain = left.type === 'Identifier' || (left.type === 'MemberExpression' && /^(?:this|[\w]+)(?:\.#?[\w]+)+$/.test(target));
  if (!plain) throw new NotTaken('**=', node.start);
  visit(left);
  const copy = rewriter.out.slice(left.start, left.end);
  rewriter.replace(rewriter.syntax.tokenOfType(left.end, tokTypes.assign), `=$pow(${copy},`);
  visit(node.right);
  rewriter.insert(node.end, ')');
}
