/** What a handler file exports, and which of its imports and exports are refused. */
import type { Identifier } from 'acorn';
import { HELPER_NAMES } from './delay';
import type { Complaint } from './compile';
import type { AnyNode, Syntax } from './syntax';

const HANDLERS = ['onRequest', 'onStream', 'onMessage', 'onTick'];
const WANTED = { wanted: HANDLERS.join(', ') };

export interface ModuleExports {
  /** The exported name and the expression that holds it. */
  readonly names: ReadonlyMap<string, string>;
  /** Where each of them is declared. */
  readonly offsets: ReadonlyMap<string, number>;
  /** Stretches of the source that the code which runs must not have. */
  readonly blanks: readonly (readonly [from: number, to: number])[];
}

export function readExports(syntax: Syntax, complaints: Complaint[]): ModuleExports {
  const names = new Map<string, string>();
  const offsets = new Map<string, number>();
  const blanks: [number, number][] = [];
  const add = (name: string, local: string, offset: number) => {
    offsets.set(name, offset);
    if (HANDLERS.includes(name)) names.set(name, local);
    else complaints.push({ offset, key: 'problem.codeExport', params: { name, ...WANTED } });
  };

  for (const statement of syntax.program.body) {
    switch (statement.type) {
      case 'ImportDeclaration': {
        const allowed =
          statement.source.value === 'async-lab' &&
          statement.specifiers.every(
            (part) =>
              part.type === 'ImportSpecifier' && part.local.name === nameOf(part.imported) && HELPER_NAMES.includes(part.local.name),
          );
        if (allowed) blanks.push([statement.start, statement.end]);
        else complaints.push({ offset: statement.start, key: 'problem.codeImport', params: { from: String(statement.source.value) } });
        break;
      }
      case 'ExportDefaultDeclaration':
        complaints.push({ offset: statement.start, key: 'problem.codeDefaultExport', params: WANTED });
        break;
      case 'ExportAllDeclaration':
        complaints.push({ offset: statement.start, key: 'problem.codeImport', params: { from: String(statement.source.value) } });
        break;
      case 'ExportNamedDeclaration': {
        const { declaration, source } = statement;
        if (source) {
          complaints.push({ offset: statement.start, key: 'problem.codeImport', params: { from: String(source.value) } });
        } else if (declaration) {
          blanks.push([statement.start, declaration.start]);
          for (const name of declaredNames(declaration)) add(name, name, declaration.start);
        } else {
          blanks.push([statement.start, statement.end]);
          for (const part of statement.specifiers) add(nameOf(part.exported), nameOf(part.local), part.start);
        }
      }
    }
  }
  return { names, offsets, blanks };
}

function declaredNames(declaration: AnyNode): string[] {
  if (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration')
    return declaration.id ? [declaration.id.name] : [];
  if (declaration.type !== 'VariableDeclaration') return [];
  return declaration.declarations.flatMap(({ id }) => namesIn(id));
}

/** The variables that a binding pattern declares or an assignment writes to, where they are named. */
export function identifiersIn(pattern: AnyNode): Identifier[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => identifiersIn(property.type === 'Property' ? property.value : property));
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? identifiersIn(element) : []));
    case 'RestElement':
      return identifiersIn(pattern.argument);
    case 'AssignmentPattern':
      return identifiersIn(pattern.left);
    default:
      return [];
  }
}

/** The names that a binding pattern declares. */
export function namesIn(pattern: AnyNode): string[] {
  return identifiersIn(pattern).map(({ name }) => name);
}

function nameOf(node: AnyNode): string {
  return node.type === 'Identifier' ? node.name : node.type === 'Literal' ? String(node.value) : '';
}
