/** What the names of a handler file mean: which it uses without declaring them, and where each of its variables is used. */
import type { Identifier } from 'acorn';
import { namesIn } from './module-exports';
import { childrenOf, isFunction, type AnyNode, type Syntax } from './syntax';

export interface NameUse {
  readonly name: string;
  readonly offset: number;
  /** The node that uses the name, and the one around it. */
  readonly node: AnyNode;
  readonly parent: AnyNode;
}

/** What one declaration, or several of one name in one scope, have brought in; with every place that names it. */
export interface Variable {
  readonly uses: Identifier[];
}

interface Scope {
  readonly names: Map<string, Variable>;
  readonly parent: Scope | undefined;
}

export interface Names {
  readonly free: readonly NameUse[];
  /** Every declaration, for names that may not be declared. */
  readonly declared: readonly { readonly name: string; readonly offset: number }[];
  readonly variables: readonly Variable[];
}

export function readNames(syntax: Syntax): Names {
  const free: NameUse[] = [];
  const declared: { name: string; offset: number }[] = [];
  const variables: Variable[] = [];

  const bring = (scope: Scope, name: string) => {
    if (scope.names.has(name)) return;
    const variable: Variable = { uses: [] };
    variables.push(variable);
    scope.names.set(name, variable);
  };

  const declare = (scope: Scope, pattern: AnyNode) => {
    for (const name of namesIn(pattern)) {
      bring(scope, name);
      declared.push({ name, offset: pattern.start });
    }
  };

  /** `var` reaches up to the function; `let`, `const`, `class` and functions stay in their block. */
  const declareVars = (scope: Scope, node: AnyNode): void => {
    if (isFunction(node) || node.type === 'PropertyDefinition' || node.type === 'StaticBlock') return;
    if (node.type === 'VariableDeclaration' && node.kind === 'var') for (const { id } of node.declarations) declare(scope, id);
    for (const child of childrenOf(node)) declareVars(scope, child);
  };
  const declareInBlock = (scope: Scope, statements: readonly AnyNode[]) => {
    for (const outer of statements) {
      const statement =
        outer.type === 'ExportNamedDeclaration' || outer.type === 'ExportDefaultDeclaration' ? (outer.declaration ?? outer) : outer;
      if (statement.type === 'VariableDeclaration' && statement.kind !== 'var')
        for (const { id } of statement.declarations) declare(scope, id);
      if ((statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration') && statement.id) declare(scope, statement.id);
      if (statement.type === 'ImportDeclaration') for (const part of statement.specifiers) declare(scope, part.local);
    }
  };
  const inner = (parent: Scope): Scope => ({ names: new Map(), parent });

  const visitChildren = (node: AnyNode, scope: Scope) => {
    for (const child of childrenOf(node)) visit(child, scope, node);
  };

  const visit = (node: AnyNode, scope: Scope, parent: AnyNode): void => {
    switch (node.type) {
      case 'Identifier': {
        let at: Scope | undefined = scope;
        while (at && !at.names.has(node.name)) at = at.parent;
        if (at) at.names.get(node.name)!.uses.push(node);
        else free.push({ name: node.name, offset: node.start, node, parent });
        return;
      }
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression': {
        const own = inner(scope);
        if (node.type === 'FunctionExpression' && node.id) declare(own, node.id);
        if (node.type !== 'ArrowFunctionExpression') bring(own, 'arguments');
        for (const parameter of node.params) declare(own, parameter);
        declareVars(own, node.body);
        for (const parameter of node.params) visit(parameter, own, node);
        return visit(node.body, own, node);
      }
      case 'ClassDeclaration':
      case 'ClassExpression': {
        const own = inner(scope);
        if (node.type === 'ClassExpression' && node.id) declare(own, node.id);
        if (node.superClass) visit(node.superClass, own, node);
        return visit(node.body, own, node);
      }
      case 'StaticBlock':
      case 'BlockStatement': {
        const own = inner(scope);
        if (node.type === 'StaticBlock') for (const statement of node.body) declareVars(own, statement);
        declareInBlock(own, node.body);
        for (const statement of node.body) visit(statement, own, node);
        return;
      }
      case 'SwitchStatement': {
        visit(node.discriminant, scope, node);
        const own = inner(scope);
        for (const branch of node.cases) declareInBlock(own, branch.consequent);
        for (const branch of node.cases) visit(branch, own, node);
        return;
      }
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement': {
        const own = inner(scope);
        const head = node.type === 'ForStatement' ? node.init : node.left;
        if (head) declareInBlock(own, [head]);
        return visitChildren(node, own);
      }
      case 'CatchClause': {
        const own = inner(scope);
        if (node.param) declare(own, node.param);
        return visitChildren(node, own);
      }
      case 'MemberExpression':
        visit(node.object, scope, node);
        if (node.computed) visit(node.property, scope, node);
        return;
      case 'Property':
      case 'PropertyDefinition':
      case 'MethodDefinition':
        if (node.computed) visit(node.key, scope, node);
        if (node.value) visit(node.value, scope, node);
        return;
      case 'LabeledStatement':
        return visit(node.body, scope, node);
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'MetaProperty':
      case 'ImportDeclaration':
        return;
      case 'ExportNamedDeclaration':
        if (node.declaration) visit(node.declaration, scope, node);
        else if (!node.source) for (const part of node.specifiers) visit(part.local, scope, part);
        return;
      default:
        visitChildren(node, scope);
    }
  };

  const top: Scope = { names: new Map(), parent: undefined };
  for (const statement of syntax.program.body) declareVars(top, statement);
  declareInBlock(top, syntax.program.body);
  for (const statement of syntax.program.body) visit(statement, top, syntax.program);
  return { free, declared, variables };
}
