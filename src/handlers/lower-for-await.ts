/** Lowers `for await` to a plain loop over an async iterator (ECMA-262 §14.7.5.6). */
import { tokTypes, type Token } from 'acorn';
import type { Rewriter, Visit } from './rewriter';
import type { AnyNode, Syntax } from './syntax';

type ForAwait = AnyNode & { type: 'ForOfStatement' };

/**
 *   for await (const x of xs) { … }
 * becomes
 *   {let $o=false,$r,$i=$asyncIterator(xs);try{while($o=false,!($r=$object(yield $at(1,$i.next()))).done){$o=true; const x=$r.value; { … }}}
 *   catch($x){ close quietly; throw $x}finally{ close when left early }}
 */
export function lowerForAwait(rewriter: Rewriter, node: ForAwait, label: string, visit: Visit): void {
  const { syntax } = rewriter;
  const [open, shut] = rewriter.awaiting(node);
  const keyword = syntax.tokenFrom(node.start);
  const awaitWord = syntax.tokenAfter(keyword);
  const parenthesis = syntax.tokenAfter(awaitWord);
  const ofWord = syntax.tokenBefore(rightStart(syntax, node));
  const close = closingParenthesis(syntax, node);
  const { left, right, body } = node;
  const isPattern = left.type === 'ObjectPattern';
  rewriter.replace(keyword, '{let $o=false,$r,$i=$asyncIterator(');
  rewriter.replace(awaitWord, '');
  rewriter.replace(parenthesis, '');
  visit(left);
  rewriter.replace(ofWord, '');
  visit(right);
  const loop = `);try{${label}while($o=false,!($r=$object(${open}$i.next()${shut})).done){$o=true;${rewriter.step(body)};`;
  rewriter.insert(close.start, `${loop}${isPattern ? '(' : ''}`);
  rewriter.out.move(left.start, left.end, close.start);
  rewriter.replace(close, `=$r.value${isPattern ? ')' : ''};`);
  visit(body);
  const quietly = `if($o){$o=false;$steps.caught($x);try{const $c=$closing($i);if($c)${open}$c.call($i)${shut}}catch($y){$steps.caught($y)}}`;
  const early = `if($o){const $c=$closing($i);if($c)$object(${open}$c.call($i)${shut})}`;
  rewriter.insert(body.end, `}}catch($x){${quietly}throw $x}finally{${early}}}`);
}

function rightStart(syntax: Syntax, node: ForAwait): number {
  let token = syntax.tokenFrom(node.left.end);
  while (syntax.source.slice(token.start, token.end) !== 'of') token = syntax.tokenAfter(token);
  return token.end;
}

function closingParenthesis(syntax: Syntax, node: ForAwait): Token {
  let token = syntax.tokenBefore(node.body.start);
  while (token.type !== tokTypes.parenR) token = syntax.tokenBefore(token.start);
  return token;
}
