/**
 * Lowers the `async` functions of a handler file to generators that virtual promises drive, and counts its steps.
 *
 * A generator function is made once per definition, never once per call, because the first call of each costs a microsecond:
 *   async function f(a) { await g(a); }
 * becomes
 *   function f($1){return $start($g0,"f",this,arguments)} function* $g0(a) { … (yield $at(1, g(a))); }
 * An arrow or function expression becomes `$task(function*…)`; a method becomes a generator method that `$methods` wraps once.
 *
 * Text is only inserted or replaced within its line, so that line numbers stay true. Names that begin with `$` belong to the lowering:
 * `sim/lowered-runtime` and `handler-budget` hold what they mean.
 */
import { tokTypes } from 'acorn';
import type MagicString from 'magic-string';
import { count, countIn, lowerLoop, lowerTry } from './count-steps';
import { lowerForAwait } from './lower-for-await';
import { lowerHead } from './lower-heads';
import { lowerMethod, lowerPrivateMethod, type Method, type MethodProperty } from './lower-methods';
import { lowerPower, lowerPowerAssignment } from './lower-power';
import { takeOuter } from './outer-names';
import { keyText, NotTaken, Rewriter } from './rewriter';
import { childrenOf, mayCall, type AnyNode, type FunctionNode, type Node, type Syntax } from './syntax';

type Around = 'none' | 'plain' | 'async' | 'asyncGenerator';
type Class = AnyNode & { type: 'ClassDeclaration' | 'ClassExpression' };

export function lowerAsync(syntax: Syntax): MagicString {
  return new Lowering(syntax).run();
}

class Lowering {
  private readonly rewriter: Rewriter;
  private readonly names = new Map<AnyNode, string>();
  /** Functions that are methods: their head is rewritten by whoever holds them. */
  private readonly methods = new Set<AnyNode>();
  private readonly labels = new Map<AnyNode, string>();
  private readonly statementStarts = new Set<number>();
  /** Async methods whose computed key is kept in a variable for `$methods`. */
  private readonly keptKeys = new Set<AnyNode>();
  private around: Around = 'none';
  private insideAsyncArrow = false;
  private nextGenerator = 0;
  private nextKey = 0;

  constructor(private readonly syntax: Syntax) {
    this.rewriter = new Rewriter(syntax);
  }

  run(): MagicString {
    this.visitChildren(this.syntax.program);
    if (this.nextKey > 0) this.rewriter.out.prepend(`var ${Array.from({ length: this.nextKey }, (_, key) => `$k${key}`).join()};`);
    return this.rewriter.out;
  }

  private visitChildren(node: AnyNode): void {
    for (const child of childrenOf(node)) this.visit(child);
  }

  private readonly visit = (node: AnyNode): void => {
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return this.visitFunction(node as FunctionNode);
      case 'ClassDeclaration':
      case 'ClassExpression':
        return this.visitClass(node);
      case 'ObjectExpression':
        return this.visitObject(node);
      case 'ExpressionStatement':
        this.statementStarts.add(node.start);
        break;
      case 'Property':
      case 'MethodDefinition':
        return this.visitMember(node);
      case 'VariableDeclarator':
        if (node.id.type === 'Identifier' && node.init) this.names.set(node.init, node.id.name);
        break;
      case 'AssignmentExpression':
        if (node.left.type === 'Identifier') this.names.set(node.right, node.left.name);
        if (node.operator === '**=') return lowerPowerAssignment(this.rewriter, node, this.visit);
        break;
      case 'AssignmentPattern':
        return this.visitDefault(node);
      case 'PropertyDefinition':
        return this.visitField(node);
      case 'StaticBlock':
        return this.visitStaticBlock(node);
      case 'BinaryExpression':
        if (node.operator === '**') return lowerPower(this.rewriter, node, this.visit);
        break;
      case 'AwaitExpression':
        return this.visitAwait(node);
      case 'YieldExpression':
        if (this.around === 'asyncGenerator') return this.visitYield(node);
        break;
      case 'ReturnStatement':
        if (this.around === 'asyncGenerator' && node.argument) return this.visitReturn(node);
        break;
      case 'ForOfStatement':
        if (node.await) {
          this.requireAsync(node);
          return lowerForAwait(this.rewriter, node, this.labels.get(node) ?? '', this.visit);
        }
        return lowerLoop(this.rewriter, node, this.visit);
      case 'ForStatement':
      case 'ForInStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        return lowerLoop(this.rewriter, node, this.visit);
      case 'LabeledStatement':
        return this.visitLabel(node);
      case 'TryStatement':
        return lowerTry(this.rewriter, node, this.visit);
    }
    this.visitChildren(node);
  };

  /** Visits what has its own `this` and is no async function. */
  private visitApart(visit: () => void): void {
    const before = { around: this.around, insideAsyncArrow: this.insideAsyncArrow };
    this.around = 'plain';
    this.insideAsyncArrow = false;
    visit();
    Object.assign(this, before);
  }

  private visitStaticBlock(node: AnyNode): void {
    count(this.rewriter, this.syntax.tokenOfType(node.start, tokTypes.braceL).end, node);
    this.visitApart(() => this.visitChildren(node));
  }

  private visitDefault(node: AnyNode & { type: 'AssignmentPattern' }): void {
    if (node.left.type === 'Identifier') this.names.set(node.right, node.left.name);
    this.visit(node.left);
    countIn(this.rewriter, node.right, this.syntax.tokenOfType(node.left.end, tokTypes.eq).end, node.end, this.visit);
  }

  private visitField(node: AnyNode & { type: 'PropertyDefinition' }): void {
    this.visit(node.key);
    if (!node.value) return;
    const name = keyText(node);
    if (name !== undefined) this.names.set(node.value, name);
    const { value } = node;
    this.visitApart(() =>
      countIn(
        this.rewriter,
        value,
        this.syntax.tokenOfType(node.key.end, tokTypes.eq).end,
        this.syntax.endWithoutSemicolon(node),
        this.visit,
      ),
    );
  }

  // ---- Functions ----

  private visitFunction(node: FunctionNode): void {
    const isMethod = this.methods.has(node);
    const asyncArrow = node.type === 'ArrowFunctionExpression' && node.async;
    const taken = asyncArrow && !this.insideAsyncArrow ? takeOuter(this.rewriter, node) : [];
    const around: Around = node.async ? (node.generator ? 'asyncGenerator' : 'async') : 'plain';
    const close =
      node.async && !isMethod
        ? lowerHead(this.rewriter, node, { taken, name: this.names.get(node) ?? '', generator: `$g${this.nextGenerator++}` })
        : undefined;

    const before = { around: this.around, insideAsyncArrow: this.insideAsyncArrow };
    this.insideAsyncArrow = node.type === 'ArrowFunctionExpression' && (this.insideAsyncArrow || node.async);
    this.around = around;
    for (const parameter of node.params) this.visit(parameter);
    this.visitFunctionBody(node);
    Object.assign(this, before);
    if (close) this.rewriter.insert(node.end, close);
  }

  /** Functions that may call others count how deep the calls nest; async functions are counted where they start. */
  private visitFunctionBody(node: FunctionNode): void {
    const { body } = node;
    const nests = !node.async && !node.generator && mayCall(body);
    const open = `${this.rewriter.step(node)};${nests ? `++$steps.depth>$steps.deepest&&$steps.sink(${this.syntax.lineOf(node.start)});try{` : ''}`;
    const close = nests ? '}finally{--$steps.depth}' : '';
    if (body.type === 'BlockStatement') {
      this.rewriter.insert(this.afterDirectives(body), open);
      this.visitChildren(body);
      if (close) this.rewriter.insert(body.end - 1, close);
      return;
    }
    const arrow = this.syntax.arrowOf(node);
    const asBlock = nests || node.async;
    this.rewriter.insert(arrow.end, asBlock ? `{${open}return(` : `(${this.rewriter.step(node)},`);
    this.visit(body);
    this.rewriter.insert(node.end, asBlock ? `)${close}}` : ')');
  }

  private afterDirectives(body: AnyNode & { type: 'BlockStatement' }): number {
    const directives = body.body.filter((statement) => statement.type === 'ExpressionStatement' && statement.directive !== undefined);
    return directives.at(-1)?.end ?? body.start + 1;
  }

  // ---- Methods ----

  private visitClass(node: Class): void {
    const wraps: string[] = [];
    for (const member of node.body.body) {
      if (member.type !== 'MethodDefinition') continue;
      this.methods.add(member.value);
      if (!member.value.async) continue;
      if (member.key.type === 'PrivateIdentifier') lowerPrivateMethod(this.rewriter, member);
      else wraps.push(lowerMethod(this.rewriter, member, this.keepKey(member), member.static ? 'this' : 'this.prototype'));
    }
    if (node.superClass) this.visit(node.superClass);
    if (wraps.length > 0) this.rewriter.insert(node.body.start + 1, `static{${wraps.join(';')}}`);
    this.visitChildren(node.body);
  }

  private visitObject(node: AnyNode & { type: 'ObjectExpression' }): void {
    let close = '';
    for (const property of node.properties) {
      if (property.type !== 'Property') continue;
      if (property.method || property.kind !== 'init') this.methods.add(property.value);
      else if (keyText(property) !== undefined) this.names.set(property.value, keyText(property)!);
      if (!property.method || !(property.value as FunctionNode).async) continue;
      this.rewriter.insert(node.start, '$methods(');
      close += `,${lowerMethod(this.rewriter, property, this.keepKey(property))})`;
    }
    this.visitChildren(node);
    if (close) this.rewriter.insert(node.end, close);
  }

  /** The variable that keeps a computed key, whose expression must be evaluated only once. */
  private keepKey(member: Method | MethodProperty): string {
    if (!member.computed) return '';
    this.keptKeys.add(member);
    return `$k${this.nextKey++}`;
  }

  private visitMember(member: Method | MethodProperty): void {
    if (!(member.type === 'Property' && member.shorthand)) this.visit(member.key);
    if (this.keptKeys.has(member)) this.rewriter.insert(this.syntax.tokenBefore(member.value.start).start, ')');
    this.visit(member.value);
  }

  // ---- Expressions ----

  /** A statement that would begin with `(` might be read as a call of the line before it. */
  private openAtStatementStart(node: AnyNode): string {
    return this.statementStarts.has(node.start) ? '0,' : '';
  }

  /** The top level of a module runs at once, so nothing can be awaited there. */
  private requireAsync(node: Node): void {
    if (this.around === 'none') throw new NotTaken('await', node.start);
  }

  private visitAwait(node: AnyNode & { type: 'AwaitExpression' }): void {
    this.requireAsync(node);
    const [open, close] = this.rewriter.awaiting(node);
    this.rewriter.replace(this.syntax.tokenFrom(node.start), `${this.openAtStatementStart(node)}${open}`);
    this.visit(node.argument);
    this.rewriter.insert(node.end, close);
  }

  private visitYield(node: AnyNode & { type: 'YieldExpression' }): void {
    const keyword = this.syntax.tokenFrom(node.start);
    const hazard = this.openAtStatementStart(node);
    this.rewriter.replace(keyword, node.delegate ? `${hazard}(yield` : `${hazard}(yield $yield(`);
    if (node.delegate) this.rewriter.insert(this.syntax.tokenAfter(keyword).end, '$delegate(');
    if (node.argument) this.visit(node.argument);
    this.rewriter.insert(node.end, '))');
  }

  /** In an async generator `return value` awaits the value. */
  private visitReturn(node: AnyNode & { type: 'ReturnStatement' }): void {
    const [open, close] = this.rewriter.awaiting(node);
    this.rewriter.replace(this.syntax.tokenFrom(node.start), `return ${open}`);
    this.visitChildren(node);
    this.rewriter.insert(this.syntax.endWithoutSemicolon(node), close);
  }

  /** The label of a `for await` moves to the loop inside what it becomes, so that `continue label` finds it. */
  private visitLabel(node: AnyNode & { type: 'LabeledStatement' }): void {
    const { body, label } = node;
    if (body.type === 'LabeledStatement' || (body.type === 'ForOfStatement' && body.await)) {
      this.labels.set(body, `${this.labels.get(node) ?? ''}${label.name}:`);
      this.rewriter.out.remove(label.start, this.syntax.tokenFrom(label.end).end);
    } else if (this.labels.has(node)) {
      this.rewriter.insert(label.start, this.labels.get(node)!);
    }
    this.visit(body);
  }
}
