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
import { tokTypes, type Token } from 'acorn';
import MagicString from 'magic-string';
import { childrenOf, mayCall, type AnyNode, type FunctionNode, type Node, type Syntax } from './syntax';

/** Something the lowering does not take, at an offset of the source. */
export class NotTaken extends Error {
  constructor(
    readonly what: string,
    readonly offset: number,
  ) {
    super(what);
  }
}

type Around = 'none' | 'plain' | 'async' | 'asyncGenerator';
type Taken = 'this' | 'arguments' | 'new.target' | 'super';
type Class = AnyNode & { type: 'ClassDeclaration' | 'ClassExpression' };
type Method = AnyNode & { type: 'MethodDefinition' };
type MethodProperty = AnyNode & { type: 'Property' };
type ForAwait = AnyNode & { type: 'ForOfStatement' };
type Try = AnyNode & { type: 'TryStatement' };

/** The text that each thing an async arrow takes from around it is handed in by, and the name it gets. */
const TAKEN: Readonly<Record<Taken, readonly [value: string, name: string]>> = {
  this: ['this', '$this'],
  arguments: ['arguments', '$arguments'],
  'new.target': ['new.target', '$target'],
  super: ['($k)=>super[$k]', '$super'],
};

export function lowerAsync(syntax: Syntax): MagicString {
  return new Lowering(syntax).run();
}

class Lowering {
  private readonly out: MagicString;
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
    this.out = new MagicString(syntax.source);
  }

  run(): MagicString {
    this.visitChildren(this.syntax.program);
    if (this.nextKey > 0) this.out.prepend(`var ${Array.from({ length: this.nextKey }, (_, key) => `$k${key}`).join()};`);
    return this.out;
  }

  private visitChildren(node: AnyNode): void {
    for (const child of childrenOf(node)) this.visit(child);
  }

  private visit(node: AnyNode): void {
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
        if (node.operator === '**=') return this.visitPowerAssignment(node);
        break;
      case 'AssignmentPattern':
        return this.visitDefault(node);
      case 'PropertyDefinition':
        return this.visitField(node);
      case 'StaticBlock':
        return this.visitStaticBlock(node);
      case 'BinaryExpression':
        if (node.operator === '**') return this.visitPower(node);
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
        if (node.await) return this.visitForAwait(node);
        return this.visitLoop(node);
      case 'ForStatement':
      case 'ForInStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        return this.visitLoop(node);
      case 'LabeledStatement':
        return this.visitLabel(node);
      case 'TryStatement':
        return this.visitTry(node);
    }
    this.visitChildren(node);
  }

  /** Visits what has its own `this` and is no async function. */
  private visitApart(visit: () => void): void {
    const before = { around: this.around, insideAsyncArrow: this.insideAsyncArrow };
    this.around = 'plain';
    this.insideAsyncArrow = false;
    visit();
    Object.assign(this, before);
  }

  private visitStaticBlock(node: AnyNode): void {
    this.count(this.tokenOfType(node.start, tokTypes.braceL).end, node);
    this.visitApart(() => this.visitChildren(node));
  }

  // ---- Steps ----

  private step(node: Node): string {
    return `++$steps.used>$steps.limit&&$steps.stop(${this.syntax.lineOf(node.start)})`;
  }

  private count(offset: number, node: Node): void {
    this.out.appendLeft(offset, `${this.step(node)};`);
  }

  private visitLoop(node: AnyNode & { body: AnyNode }): void {
    for (const child of childrenOf(node)) {
      if (child === node.body) this.visitBody(child);
      else this.visit(child);
    }
  }

  private visitBody(body: AnyNode): void {
    if (body.type === 'BlockStatement') {
      this.count(body.start + 1, body);
      return this.visit(body);
    }
    this.out.appendLeft(body.start, `{${this.step(body)};`);
    this.visit(body);
    this.out.appendLeft(body.end, '}');
  }

  /** A field's value runs with each `new`, a parameter's default with each call: a recursion may pass through them alone. */
  private countIn(value: AnyNode, from: number, to: number): void {
    const counted = mayCall(value);
    if (counted) this.out.appendLeft(from, `(${this.step(value)},(`);
    this.visit(value);
    if (counted) this.out.appendLeft(to, '))');
  }

  private visitDefault(node: AnyNode & { type: 'AssignmentPattern' }): void {
    if (node.left.type === 'Identifier') this.names.set(node.right, node.left.name);
    this.visit(node.left);
    this.countIn(node.right, this.syntax.equalsFrom(node.left.end).end, node.end);
  }

  private visitField(node: AnyNode & { type: 'PropertyDefinition' }): void {
    this.visit(node.key);
    if (!node.value) return;
    const name = keyText(node);
    if (name !== undefined) this.names.set(node.value, name);
    const { value } = node;
    this.visitApart(() => this.countIn(value, this.syntax.equalsFrom(node.key.end).end, this.syntax.endWithoutSemicolon(node)));
  }

  /** What ends a run must not be caught, and nothing may go on in a `finally`: both begin with a step, which stops again. */
  private visitTry(node: Try): void {
    this.visit(node.block);
    const { handler, finalizer } = node;
    if (handler) {
      const { param, body } = handler;
      const check = (name: string) => `${this.step(body)};$steps.caught(${name});`;
      if (!param) this.out.appendLeft(body.start, '($x)');
      if (!param || param.type === 'Identifier') {
        this.out.appendLeft(body.start + 1, check(param ? param.name : '$x'));
        this.visit(body);
      } else {
        this.out.appendLeft(param.start, '$x');
        this.visit(param);
        this.out.appendLeft(param.end, '=$x;');
        this.out.appendLeft(body.start, `{${check('$x')}let `);
        this.out.move(param.start, param.end, body.start);
        this.visit(body);
        this.out.appendLeft(body.end, '}');
      }
    }
    if (finalizer) {
      this.count(finalizer.start + 1, finalizer);
      this.visit(finalizer);
    }
  }

  // ---- Functions ----

  private visitFunction(node: FunctionNode): void {
    const isMethod = this.methods.has(node);
    const asyncArrow = node.type === 'ArrowFunctionExpression' && node.async;
    const taken = asyncArrow && !this.insideAsyncArrow ? this.takeOuter(node) : [];
    const around: Around = node.async ? (node.generator ? 'asyncGenerator' : 'async') : 'plain';
    const close = node.async && !isMethod ? this.openAsync(node, taken) : undefined;

    const before = { around: this.around, insideAsyncArrow: this.insideAsyncArrow };
    this.insideAsyncArrow = node.type === 'ArrowFunctionExpression' && (this.insideAsyncArrow || node.async);
    this.around = around;
    for (const parameter of node.params) this.visit(parameter);
    this.visitFunctionBody(node);
    Object.assign(this, before);
    if (close) this.out.appendLeft(node.end, close);
  }

  /** Functions that may call others count how deep the calls nest; async functions are counted where they start. */
  private visitFunctionBody(node: FunctionNode): void {
    const { body } = node;
    const nests = !node.async && !node.generator && mayCall(body);
    const open = `${this.step(node)};${nests ? `++$steps.depth>$steps.deepest&&$steps.sink(${this.syntax.lineOf(node.start)});try{` : ''}`;
    const close = nests ? '}finally{--$steps.depth}' : '';
    if (body.type === 'BlockStatement') {
      this.out.appendLeft(this.afterDirectives(body), open);
      this.visitChildren(body);
      if (close) this.out.appendLeft(body.end - 1, close);
      return;
    }
    const arrow = this.syntax.arrowOf(node);
    const asBlock = nests || node.async;
    this.out.appendLeft(arrow.end, asBlock ? `{${open}return(` : `(${this.step(node)},`);
    this.visit(body);
    this.out.appendLeft(node.end, asBlock ? `)${close}}` : ')');
  }

  private afterDirectives(body: AnyNode & { type: 'BlockStatement' }): number {
    const directives = body.body.filter((statement) => statement.type === 'ExpressionStatement' && statement.directive !== undefined);
    return directives.at(-1)?.end ?? body.start + 1;
  }

  /** Rewrites the head of an async function and returns the text that closes it. */
  private openAsync(node: FunctionNode, taken: readonly Taken[]): string {
    const first = this.syntax.tokenFrom(node.start);
    if (node.type === 'ArrowFunctionExpression') return this.openArrow(node, first, taken);
    const keyword = this.syntax.tokenAfter(first);
    const kind = node.generator ? 'Generator' : '';
    if (node.type === 'FunctionDeclaration') {
      const generator = `$g${this.nextGenerator++}`;
      const name = node.id?.name ?? 'default';
      const start = `$start${kind}(${generator},"${name}",this,arguments)`;
      this.replace(first, `function ${name}(${this.parametersLike(node)}){return ${start}} `);
      if (!node.generator) this.replace(keyword, 'function*');
      if (node.id) this.out.update(node.id.start, node.id.end, generator);
      return '';
    }
    const name = node.id?.name ?? this.names.get(node) ?? '';
    if (node.id) {
      this.replace(first, `$named${kind}(${name}=>`);
      this.out.remove(node.id.start, node.id.end);
    } else this.replace(first, node.generator ? '$generator(' : '$task(');
    if (!node.generator) this.replace(keyword, 'function*');
    return `,${JSON.stringify(name)})`;
  }

  private openArrow(node: FunctionNode, first: Token, taken: readonly Taken[]): string {
    const names = taken.map((what) => TAKEN[what][1]).join();
    const parenthesised = this.syntax.tokenAfter(first).type === tokTypes.parenL;
    this.replace(first, `${taken.length > 0 ? `$outer((${names})=>` : ''}$task(function*${parenthesised ? '' : '('}`);
    this.replace(this.syntax.arrowOf(node), parenthesised ? '' : ')');
    const values = taken.map((what) => TAKEN[what][0]).join();
    return `,${JSON.stringify(this.names.get(node) ?? '')})${taken.length > 0 ? `,${values})` : ''}`;
  }

  /** As many parameters as `length` counts: those before the first with a default or a rest. */
  private parametersLike(node: FunctionNode): string {
    const counted = node.params.findIndex((parameter) => parameter.type === 'AssignmentPattern' || parameter.type === 'RestElement');
    return Array.from({ length: counted < 0 ? node.params.length : counted }, (_, index) => `$${index + 1}`).join();
  }

  /** An arrow sees `this` and its kin of the function around it, a generator has its own: renames them and says which are needed. */
  private takeOuter(arrow: FunctionNode): Taken[] {
    const taken = new Set<Taken>();
    const rename = (node: Node, what: Taken, text = TAKEN[what][1]) => {
      taken.add(what);
      this.out.update(node.start, node.end, text);
    };
    const search = (node: AnyNode): void => {
      switch (node.type) {
        case 'FunctionDeclaration':
        case 'FunctionExpression':
          return;
        case 'ThisExpression':
          return rename(node, 'this');
        case 'Identifier':
          if (node.name === 'arguments') rename(node, 'arguments');
          return;
        case 'MetaProperty':
          return rename(node, 'new.target');
        case 'Property':
          if (node.shorthand && node.value.type === 'Identifier' && node.value.name === 'arguments')
            return rename(node, 'arguments', 'arguments:$arguments');
          if (node.computed) search(node.key);
          return search(node.value);
        case 'PropertyDefinition':
        case 'MethodDefinition':
          if (node.computed) search(node.key);
          return;
        case 'StaticBlock':
          return;
        case 'CallExpression':
          if (node.callee.type === 'MemberExpression' && node.callee.object.type === 'Super') {
            taken.add('this');
            search(node.callee);
            this.out.appendLeft(node.callee.end, '.call');
            if (node.optional || node.callee.optional) throw new NotTaken('super?.', node.start);
            const open = this.tokenOfType(node.callee.end, tokTypes.parenL);
            this.out.appendLeft(open.end, node.arguments.length > 0 ? '$this,' : '$this');
            for (const argument of node.arguments) search(argument);
            return;
          }
          break;
        case 'UpdateExpression':
        case 'AssignmentExpression': {
          const target = node.type === 'UpdateExpression' ? node.argument : node.left;
          if (target.type === 'MemberExpression' && target.object.type === 'Super') throw new NotTaken('super.x = …', node.start);
          break;
        }
        case 'MemberExpression':
          if (node.object.type === 'Super') return this.takeSuper(node, rename, search);
          search(node.object);
          if (node.computed) search(node.property);
          return;
        case 'Super':
          throw new NotTaken('super()', node.start);
      }
      childrenOf(node).forEach(search);
    };
    for (const parameter of arrow.params) search(parameter);
    search(arrow.body);
    return [...taken];
  }

  private takeSuper(
    node: AnyNode & { type: 'MemberExpression' },
    rename: (node: Node, what: Taken, text?: string) => void,
    search: (node: AnyNode) => void,
  ): void {
    rename(node.object, 'super');
    const mark = this.syntax.tokenAfter(this.syntax.tokenFrom(node.object.start));
    if (node.computed) {
      this.replace(mark, '(');
      search(node.property);
      this.out.update(node.end - 1, node.end, ')');
    } else {
      this.replace(mark, '(');
      this.out.update(node.property.start, node.property.end, `${JSON.stringify((node.property as { name: string }).name)})`);
    }
  }

  // ---- Methods ----

  private visitClass(node: Class): void {
    const wraps: string[] = [];
    for (const member of node.body.body) {
      if (member.type !== 'MethodDefinition') continue;
      this.methods.add(member.value);
      if (!member.value.async) continue;
      const wrap =
        member.key.type === 'PrivateIdentifier'
          ? this.lowerPrivateMethod(member)
          : this.lowerMethod(member, member.static ? 'this' : 'this.prototype');
      if (wrap) wraps.push(wrap);
    }
    if (node.superClass) this.visit(node.superClass);
    if (wraps.length > 0) this.out.appendLeft(node.body.start + 1, `static{${wraps.join(';')}}`);
    this.visitChildren(node.body);
  }

  private visitObject(node: AnyNode & { type: 'ObjectExpression' }): void {
    let close = '';
    for (const property of node.properties) {
      if (property.type !== 'Property') continue;
      if (property.method || property.kind !== 'init') this.methods.add(property.value);
      else if (keyText(property) !== undefined) this.names.set(property.value, keyText(property)!);
      if (!property.method || !(property.value as FunctionNode).async) continue;
      this.out.appendLeft(node.start, '$methods(');
      close += `,${this.lowerMethod(property)})`;
    }
    this.visitChildren(node);
    if (close) this.out.appendLeft(node.end, close);
  }

  /** `async m() {}` becomes `*m() {}`; returns the call of `$methods` that wraps it, or for an object the end of that call. */
  private lowerMethod(member: Method | MethodProperty, owner?: string): string {
    const value = member.value as FunctionNode;
    const keyword = this.asyncKeyword(member);
    let key = JSON.stringify(keyText(member) ?? '');
    if (member.computed) {
      key = `$k${this.nextKey++}`;
      this.keptKeys.add(member);
      this.out.appendLeft(this.tokenOfType(keyword.end, tokTypes.bracketL).end, `${key}=(`);
    }
    this.replace(keyword, value.generator ? '' : '*');
    const wrap = value.generator ? '$generator' : '$task';
    return owner === undefined ? `${wrap},[${key}]` : `$methods(${owner},${wrap},[${key}])`;
  }

  private visitMember(member: Method | MethodProperty): void {
    if (!(member.type === 'Property' && member.shorthand)) this.visit(member.key);
    if (this.keptKeys.has(member)) this.out.appendLeft(this.syntax.tokenBefore(member.value.start).start, ')');
    this.visit(member.value);
  }

  /** A private method cannot be replaced later: it starts a private generator method beside it. */
  private lowerPrivateMethod(member: Method): string {
    const { key, value } = member as Method & { key: { name: string } };
    const kind = value.generator ? 'Generator' : '';
    const shadow = `#$${key.name}`;
    const start = `$start${kind}(this.${shadow},"#${key.name}",this,arguments)`;
    const prefix = member.static ? 'static ' : '';
    this.replace(
      this.asyncKeyword(member),
      `#${key.name}(${this.parametersLike(value as FunctionNode)}){return ${start}} ${prefix}${value.generator ? '' : '*'}`,
    );
    this.out.update(member.key.start, member.key.end, shadow);
    return '';
  }

  private asyncKeyword(member: Method | MethodProperty): Token {
    const first = this.syntax.tokenFrom(member.start);
    return member.type === 'MethodDefinition' && member.static ? this.syntax.tokenAfter(first) : first;
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
    const keyword = this.syntax.tokenFrom(node.start);
    this.replace(keyword, `${this.openAtStatementStart(node)}(yield $at(${this.syntax.lineOf(node.start)},`);
    this.visit(node.argument);
    this.out.appendLeft(node.end, '))');
  }

  private visitYield(node: AnyNode & { type: 'YieldExpression' }): void {
    const keyword = this.syntax.tokenFrom(node.start);
    const hazard = this.openAtStatementStart(node);
    this.replace(keyword, node.delegate ? `${hazard}(yield` : `${hazard}(yield $yield(`);
    if (node.delegate) this.out.appendLeft(this.syntax.tokenAfter(keyword).end, '$delegate(');
    if (node.argument) this.visit(node.argument);
    this.out.appendLeft(node.end, '))');
  }

  /** In an async generator `return value` awaits the value. */
  private visitReturn(node: AnyNode & { type: 'ReturnStatement' }): void {
    const keyword = this.syntax.tokenFrom(node.start);
    this.replace(keyword, `return (yield $at(${this.syntax.lineOf(node.start)},`);
    this.visitChildren(node);
    this.out.appendLeft(this.syntax.endWithoutSemicolon(node), '))');
  }

  private visitPower(node: AnyNode & { type: 'BinaryExpression' }): void {
    this.out.appendLeft(node.start, '$pow(');
    this.visit(node.left as AnyNode);
    this.replace(this.tokenOfType(node.left.end, tokTypes.starstar), ',');
    this.visit(node.right);
    this.out.appendLeft(node.end, ')');
  }

  /** `a **= b` reads its target twice, which only a plain name or member allows. */
  private visitPowerAssignment(node: AnyNode & { type: 'AssignmentExpression' }): void {
    const { left } = node;
    const target = this.syntax.source.slice(left.start, left.end);
    const plain = left.type === 'Identifier' || (left.type === 'MemberExpression' && /^(?:this|[\w]+)(?:\.#?[\w]+)+$/.test(target));
    if (!plain) throw new NotTaken('**=', node.start);
    this.visit(left);
    const copy = this.out.slice(left.start, left.end);
    this.replace(this.tokenOfType(left.end, tokTypes.assign), `=$pow(${copy},`);
    this.visit(node.right);
    this.out.appendLeft(node.end, ')');
  }

  private tokenOfType(offset: number, type: Token['type']): Token {
    let token = this.syntax.tokenFrom(offset);
    while (token.type !== type) token = this.syntax.tokenAfter(token);
    return token;
  }

  // ---- for await ----

  /** The label of a `for await` moves to the loop inside what it becomes, so that `continue label` finds it. */
  private visitLabel(node: AnyNode & { type: 'LabeledStatement' }): void {
    const { body, label } = node;
    if (body.type === 'LabeledStatement' || (body.type === 'ForOfStatement' && body.await)) {
      this.labels.set(body, `${this.labels.get(node) ?? ''}${label.name}:`);
      this.out.remove(label.start, this.syntax.tokenFrom(label.end).end);
    } else if (this.labels.has(node)) {
      this.out.appendLeft(label.start, this.labels.get(node)!);
    }
    this.visit(body);
  }

  /**
   *   for await (const x of xs) { … }
   * becomes
   *   {let $o=false,$r,$i=$asyncIterator(xs);try{while($o=false,!($r=$object(yield $at(1,$i.next()))).done){$o=true; const x=$r.value; { … }}}
   *   catch($x){ close quietly; throw $x}finally{ close when left early }}
   */
  private visitForAwait(node: ForAwait): void {
    this.requireAsync(node);
    const line = this.syntax.lineOf(node.start);
    const keyword = this.syntax.tokenFrom(node.start);
    const awaitWord = this.syntax.tokenAfter(keyword);
    const open = this.syntax.tokenAfter(awaitWord);
    const ofWord = this.syntax.tokenBefore(this.rightStart(node));
    const close = this.closingParenthesis(node);
    const { left, right, body } = node;
    const isPattern = left.type === 'ObjectPattern';
    this.replace(keyword, '{let $o=false,$r,$i=$asyncIterator(');
    this.replace(awaitWord, '');
    this.replace(open, '');
    this.visit(left);
    this.replace(ofWord, '');
    this.visit(right);
    const label = this.labels.get(node) ?? '';
    const loop = `);try{${label}while($o=false,!($r=$object((yield $at(${line},$i.next())))).done){$o=true;${this.step(body)};`;
    this.out.appendLeft(close.start, `${loop}${isPattern ? '(' : ''}`);
    this.out.move(left.start, left.end, close.start);
    this.replace(close, `=$r.value${isPattern ? ')' : ''};`);
    this.visit(body);
    const quietly = `if($o){$o=false;$steps.caught($x);try{const $c=$closing($i);if($c)(yield $at(${line},$c.call($i)))}catch($y){$steps.caught($y)}}`;
    const early = `if($o){const $c=$closing($i);if($c)$object((yield $at(${line},$c.call($i))))}`;
    this.out.appendLeft(body.end, `}}catch($x){${quietly}throw $x}finally{${early}}}`);
  }

  private rightStart(node: ForAwait): number {
    let token = this.syntax.tokenFrom(node.left.end);
    while (this.syntax.source.slice(token.start, token.end) !== 'of') token = this.syntax.tokenAfter(token);
    return token.end;
  }

  private closingParenthesis(node: ForAwait): Token {
    let token = this.syntax.tokenBefore(node.body.start);
    while (token.type !== tokTypes.parenR) token = this.syntax.tokenBefore(token.start);
    return token;
  }

  private replace(token: Token, text: string): void {
    if (text === '') this.out.remove(token.start, token.end);
    else this.out.update(token.start, token.end, text);
  }
}

/** The name of a property or method as text; undefined when it is computed. */
function keyText(member: { readonly computed: boolean; readonly key: AnyNode }): string | undefined {
  const { computed, key } = member;
  if (computed) return undefined;
  if (key.type === 'Identifier') return key.name;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  return key.type === 'Literal' ? String(key.value) : undefined;
}
