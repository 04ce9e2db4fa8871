/**
 * Puts a probe after everything that binds a variable of a handler file, so that a run which is executed again can tell what its variables
 * held. Only the names that are bound are read, nothing is evaluated twice, and no line moves:
 *   const { a } = await f();     becomes   const { a } = await f(),$p0=$seen(0,0,a);
 *   a += 1                       becomes   $seen(a += 1,1,a)
 *   function f(b) { … }          becomes   function f(b) {$seen(0,2,b); … }
 * Functions and classes that are declared are no variables. It works on the code without types, before `lower-async`, which counts the
 * same steps in it as in the code without probes.
 */
import type { Identifier } from 'acorn';
import MagicString from 'magic-string';
import { readNames } from './free-names';
import { identifiersIn } from './module-exports';
import { childrenOf, isFunction, PROBE, type AnyNode, type FunctionNode, type Syntax } from './syntax';

export interface ProbedName {
  readonly offset: number;
  readonly length: number;
  /** The sites that bind what the name means: its own when it is bound there, else all of the variable. */
  readonly sites: readonly number[];
}

export interface ProbedCode {
  readonly code: string;
  /** Sites are numbered from 0. */
  readonly siteCount: number;
  readonly names: readonly ProbedName[];
}

/** @param firstSite the number of the first site in the code */
export function placeProbes(syntax: Syntax, firstSite: number): ProbedCode {
  return new Placing(syntax, firstSite).run();
}

type Loop = AnyNode & { type: 'ForOfStatement' | 'ForInStatement' };

class Placing {
  private readonly out: MagicString;
  /** By the offset of the name that is bound. */
  private readonly sites = new Map<number, number>();

  constructor(
    private readonly syntax: Syntax,
    private readonly firstSite: number,
  ) {
    this.out = new MagicString(syntax.source);
  }

  run(): ProbedCode {
    this.visit(this.syntax.program);
    const names = readNames(this.syntax).variables.flatMap(({ uses }) => {
      const all = uses.flatMap(({ start }) => this.sites.get(start) ?? []);
      if (all.length === 0) return [];
      return uses.map(({ start, end }): ProbedName => {
        const own = this.sites.get(start);
        return { offset: start, length: end - start, sites: own === undefined ? all : [own] };
      });
    });
    return { code: this.out.toString(), siteCount: this.sites.size, names };
  }

  private insert(offset: number, text: string): void {
    this.out.appendLeft(offset, text);
  }

  /** `,3,a,4,b`: the rest of a probe of these names. */
  private bound(names: readonly Identifier[]): string {
    return names
      .map(({ start, name }) => {
        const site = this.sites.get(start) ?? this.sites.size;
        this.sites.set(start, site);
        return `,${this.firstSite + site},${name}`;
      })
      .join('');
  }

  private probe(names: readonly Identifier[]): string {
    return names.length === 0 ? '' : `${PROBE}(0${this.bound(names)})`;
  }

  private visitChildren(node: AnyNode): void {
    for (const child of childrenOf(node)) this.visit(child);
  }

  private visit(node: AnyNode): void {
    if (isFunction(node)) return this.visitFunction(node);
    switch (node.type) {
      case 'VariableDeclaration':
        for (const declarator of node.declarations) {
          this.visitChildren(declarator);
          const names = node.kind === 'var' && !declarator.init ? [] : identifiersIn(declarator.id);
          if (names.length > 0) this.insert(declarator.end, `,$p${this.sites.size}=${this.probe(names)}`);
        }
        return;
      case 'AssignmentExpression':
        return this.wrap(node, identifiersIn(node.left));
      case 'UpdateExpression':
        return this.wrap(node, identifiersIn(node.argument));
      case 'ForOfStatement':
      case 'ForInStatement':
        return this.visitLoop(node);
      case 'CatchClause':
        if (node.param) {
          this.visit(node.param);
          const probe = this.probe(identifiersIn(node.param));
          if (probe) this.insert(node.body.start + 1, `${probe};`);
        }
        return this.visit(node.body);
    }
    this.visitChildren(node);
  }

  /** The value of the expression stays what it was: of `a++` the one before. */
  private wrap(node: AnyNode, names: readonly Identifier[]): void {
    if (names.length > 0) this.insert(node.start, `${PROBE}(`);
    this.visitChildren(node);
    if (names.length > 0) this.insert(node.end, `${this.bound(names)})`);
  }

  private visitLoop({ left, right, body }: Loop): void {
    const names = left.type === 'VariableDeclaration' ? left.declarations.flatMap(({ id }) => identifiersIn(id)) : identifiersIn(left);
    for (const part of left.type === 'VariableDeclaration' ? left.declarations : [left]) this.visitChildren(part);
    this.visit(right);
    const probe = this.probe(names);
    if (!probe) return this.visit(body);
    const isBlock = body.type === 'BlockStatement';
    this.insert(isBlock ? body.start + 1 : body.start, isBlock ? `${probe};` : `{${probe};`);
    this.visit(body);
    if (!isBlock) this.insert(body.end, '}');
  }

  private visitFunction(node: FunctionNode): void {
    for (const parameter of node.params) this.visit(parameter);
    const { body } = node;
    const probe = this.probe(node.params.flatMap(identifiersIn));
    if (!probe) return this.visit(body);
    if (body.type === 'BlockStatement') {
      const directives = body.body.filter((statement) => statement.type === 'ExpressionStatement' && statement.directive !== undefined);
      this.insert(directives.at(-1)?.end ?? body.start + 1, `${directives.length > 0 ? ';' : ''}${probe};`);
      return this.visit(body);
    }
    this.insert(this.syntax.arrowOf(node).end, `(${probe},`);
    this.visit(body);
    this.insert(node.end, ')');
  }
}
