/** What an async arrow takes from the function around it, since the generator it becomes has its own `this` and kin. */
import { tokTypes } from 'acorn';
import { NotTaken, type Rewriter } from './rewriter';
import { childrenOf, type AnyNode, type FunctionNode, type Node } from './syntax';

export type Taken = 'this' | 'arguments' | 'new.target' | 'super';

/** The text that each thing an async arrow takes from around it is handed in by, and the name it gets. */
export const TAKEN: Readonly<Record<Taken, readonly [value: string, name: string]>> = {
  this: ['this', '$this'],
  arguments: ['arguments', '$arguments'],
  'new.target': ['new.target', '$target'],
  super: ['($k)=>super[$k]', '$super'],
};

/** An arrow sees `this` and its kin of the function around it, a generator has its own: renames them and says which are needed. */
export function takeOuter(rewriter: Rewriter, arrow: FunctionNode): Taken[] {
  const taken = new Set<Taken>();
  const rename = (node: Node, what: Taken, text = TAKEN[what][1]) => {
    taken.add(what);
    rewriter.replace(node, text);
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
          rewriter.insert(node.callee.end, '.call');
          if (node.optional || node.callee.optional) throw new NotTaken('super?.', node.start);
          const open = rewriter.syntax.tokenOfType(node.callee.end, tokTypes.parenL);
          rewriter.insert(open.end, node.arguments.length > 0 ? '$this,' : '$this');
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
        if (node.object.type === 'Super') return takeSuper(rewriter, node, rename, search);
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

function takeSuper(
  rewriter: Rewriter,
  node: AnyNode & { type: 'MemberExpression' },
  rename: (node: Node, what: Taken, text?: string) => void,
  search: (node: AnyNode) => void,
): void {
  rename(node.object, 'super');
  const mark = rewriter.syntax.tokenAfter(rewriter.syntax.tokenFrom(node.object.start));
  if (node.computed) {
    rewriter.replace(mark, '(');
    search(node.property);
    rewriter.out.update(node.end - 1, node.end, ')');
  } else {
    rewriter.replace(mark, '(');
    rewriter.replace(node.property, `${JSON.stringify((node.property as { name: string }).name)})`);
  }
}
