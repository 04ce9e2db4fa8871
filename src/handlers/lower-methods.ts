/** Lowers async methods of classes and objects to generator methods, so that `super` and private names in them stay as they are. */
import { tokTypes, type Token } from 'acorn';
import { keyText, parametersLike, type Rewriter } from './rewriter';
import type { AnyNode, FunctionNode } from './syntax';

export type Method = AnyNode & { type: 'MethodDefinition' };
export type MethodProperty = AnyNode & { type: 'Property' };

/** `async m() {}` becomes `*m() {}`; returns the call of `$methods` that wraps it, or for an object the end of that call. */
export function lowerMethod(rewriter: Rewriter, member: Method | MethodProperty, keptKey: string, owner?: string): string {
  const value = member.value as FunctionNode;
  const keyword = asyncKeyword(rewriter, member);
  let key = JSON.stringify(keyText(member) ?? '');
  if (member.computed) {
    key = keptKey;
    rewriter.insert(rewriter.syntax.tokenOfType(keyword.end, tokTypes.bracketL).end, `${key}=(`);
  }
  rewriter.replace(keyword, value.generator ? '' : '*');
  const wrap = value.generator ? '$generator' : '$task';
  return owner === undefined ? `${wrap},[${key}]` : `$methods(${owner},${wrap},[${key}])`;
}

/** A method cannot be replaced later: it starts a generator method beside it. */
export function lowerPrivateMethod(rewriter: Rewriter, member: Method): void {
  const { key, value } = member as Method & { key: { name: string } };
  const kind = value.generator ? 'Generator' : '';
  const shadow = `#$${key.name}`;
  const start = `$start${kind}(this.${shadow},"#${key.name}",this,arguments)`;
  const prefix = member.static ? 'static ' : '';
  rewriter.replace(
    asyncKeyword(rewriter, member),
    `#${key.name}(${parametersLike(value as FunctionNode)}){return ${start}} ${prefix}${value.generator ? '' : '*'}`,
  );
  rewriter.replace(member.key, shadow);
}

function asyncKeyword(rewriter: Rewriter, member: Method | MethodProperty): Token {
  const first = rewriter.syntax.tokenFrom(member.start);
  return member.type === 'MethodDefinition' && member.static ? rewriter.syntax.tokenAfter(first) : first;
}
