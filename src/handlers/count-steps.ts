/** Counts steps: in loop bodies, in what runs with each call besides function bodies, and where an error could be caught. */
import type { Rewriter, Visit } from './rewriter';
import { childrenOf, mayCall, type AnyNode, type Node } from './syntax';

type Try = AnyNode & { type: 'TryStatement' };

export function count(rewriter: Rewriter, offset: number, node: Node): void {
  rewriter.insert(offset, `${rewriter.step(node)};`);
}

export function lowerLoop(rewriter: Rewriter, node: AnyNode & { body: AnyNode }, visit: Visit): void {
  for (const child of childrenOf(node)) {
    if (child === node.body) lowerBody(rewriter, child, visit);
    else visit(child);
  }
}

function lowerBody(rewriter: Rewriter, body: AnyNode, visit: Visit): void {
  if (body.type === 'BlockStatement') {
    count(rewriter, body.start + 1, body);
    return visit(body);
  }
  rewriter.insert(body.start, `{${rewriter.step(body)};`);
  visit(body);
  rewriter.insert(body.end, '}');
}

/** A field's value runs with each `new`, a parameter's default with each call: a recursion may pass through them alone. */
export function countIn(rewriter: Rewriter, value: AnyNode, from: number, to: number, visit: Visit): void {
  const counted = mayCall(value);
  if (counted) rewriter.insert(from, `(${rewriter.step(value)},(`);
  visit(value);
  if (counted) rewriter.insert(to, '))');
}

/** What ends a run must not be caught, and nothing may go on in a `finally`: both begin with a step, which stops again. */
export function lowerTry(rewriter: Rewriter, node: Try, visit: Visit): void {
  visit(node.block);
  const { handler, finalizer } = node;
  if (handler) {
    const { param, body } = handler;
    const check = (name: string) => `${rewriter.step(body)};$steps.caught(${name});`;
    if (!param) rewriter.insert(body.start, '($x)');
    if (!param || param.type === 'Identifier') {
      rewriter.insert(body.start + 1, check(param ? param.name : '$x'));
      visit(body);
    } else {
      rewriter.insert(param.start, '$x');
      visit(param);
      rewriter.insert(param.end, '=$x;');
      rewriter.insert(body.start, `{${check('$x')}let `);
      rewriter.out.move(param.start, param.end, body.start);
      visit(body);
      rewriter.insert(body.end, '}');
    }
  }
  if (finalizer) {
    count(rewriter, finalizer.start + 1, finalizer);
    visit(finalizer);
  }
}
