/** Which components a handler file streams to, as far as the code names them: `ctx.stream('stock', …)`. */
import { childrenOf, type AnyNode, type Syntax } from './syntax';

export interface StreamUse {
  readonly target: string;
  readonly offset: number;
}

export function readStreamUses({ program }: Syntax): StreamUse[] {
  const uses: StreamUse[] = [];
  const visit = (node: AnyNode): void => {
    const target = node.type === 'CallExpression' && isStream(node.callee) ? node.arguments[0] : undefined;
    if (target?.type === 'Literal' && typeof target.value === 'string') uses.push({ target: target.value, offset: node.start });
    for (const child of childrenOf(node)) visit(child);
  };
  visit(program);
  return uses;
}

function isStream(callee: AnyNode): boolean {
  if (callee.type !== 'MemberExpression' || callee.computed) return false;
  const { object, property } = callee;
  return object.type === 'Identifier' && object.name === 'ctx' && property.type === 'Identifier' && property.name === 'stream';
}
