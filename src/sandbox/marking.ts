/**
 * Handlers that say where they are before each statement, to find out which one does not come to an end. Only for a run that has fallen
 * silent already: it costs a call for every statement.
 */
import { parse } from 'acorn';
import MagicString from 'magic-string';
import type { Evaluate } from '../handlers/load-module';
import { childrenOf, type AnyNode } from '../handlers/syntax';

/** @param onStatement is called with the file and the line, from 1, of each statement that is about to run */
export function marking(evaluate: Evaluate, onStatement: (file: string, line: number) => void): Evaluate {
  return (parameters, code) => {
    const [, file = ''] = /\/\/# sourceURL=handler:(\S+)$/.exec(code) ?? [];
    const name = decodeURIComponent(file);
    const body = evaluate([...parameters, '$mark'], withMarks(code));
    return (...values) => body(...values, (line: number) => onStatement(name, line));
  };
}

/** The code as it was, with a call of `$mark` before each statement. Lines stay the same. */
export function withMarks(code: string): string {
  const out = new MagicString(code);
  const visit = (node: AnyNode): void => {
    for (const statement of statementsOf(node)) {
      if (isMarked(statement)) out.appendLeft(statement.start, `$mark(${statement.loc!.start.line});`);
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(parse(code, { ecmaVersion: 2024, locations: true, allowReturnOutsideFunction: true }));
  return out.toString();
}

function statementsOf(node: AnyNode): readonly AnyNode[] {
  switch (node.type) {
    case 'Program':
    case 'BlockStatement':
    case 'StaticBlock':
      return node.body;
    case 'SwitchCase':
      return node.consequent;
    default:
      return [];
  }
}

/** A directive must stay the first, and a function that is declared does nothing yet. */
function isMarked(node: AnyNode): boolean {
  return node.type !== 'FunctionDeclaration' && !(node.type === 'ExpressionStatement' && node.directive !== undefined);
}
