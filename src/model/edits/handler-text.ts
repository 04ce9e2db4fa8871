/**
 * The text of a handler file, as far as an edit must know it: which handlers it exports, and where their bodies begin. It reads the usual
 * forms, `export async function onRequest(…) {` and `export const onRequest = async (…) => {`; of any other form it says that it cannot.
 */
export type HandlerName = 'onTick' | 'onRequest' | 'onMessage';

/** The parameters that a handler of the name has, with their types. */
export const PARAMETERS: Readonly<Record<HandlerName, readonly string[]>> = {
  onTick: ['ctx: Ctx'],
  onRequest: ['request: Request', 'ctx: Ctx'],
  onMessage: ['message: Message', 'ctx: Ctx'],
};

/** Whether a file exports the handler, in whatever form. */
export function exportsHandler(text: string, name: HandlerName): boolean {
  const code = blanked(text);
  return new RegExp(String.raw`\bexport\s+(?:async\s+)?(?:function|const|let|var)\s*${name}\b|\bexport\s*\{[^}]*\b${name}\b`).test(code);
}

/** Whether the code asks for a component by its name, as `ctx.call('stock')` does, or uses its store. */
export function mentions(text: string, component: string): boolean {
  const asks = new RegExp(String.raw`\.\s*(?:call|stream|send|publish)\s*(?:<[^<>()]*>)?\(\s*(['"\`])${component}\1`);
  return asks.test(withoutComments(text));
}
export function usesStore(text: string): boolean {
  return /\bstore\b/.test(blanked(text));
}

export interface Inserted {
  readonly text: string;
  /** The line of the new statement, from 1. */
  readonly line: number;
}

/**
 * The file with a statement as the first of a handler's body. The statement is made with what the handler calls its parameters; a parameter
 * that the statement needs and the handler has not named is added. Undefined when the file has no such handler in a form that is understood.
 */
export function insertStatement(
  text: string,
  name: HandlerName,
  statement: (subject: string, ctx: string) => string,
): Inserted | undefined {
  const code = blanked(text);
  const head = new RegExp(String.raw`\bexport\s+(async\s+)?function\s+${name}\s*\(|\bexport\s+const\s+${name}\s*=\s*(async\s+)?\(`).exec(
    code,
  );
  if (!head) return undefined;
  const open = head.index + head[0].length - 1;
  const close = matching(code, open);
  const body = close === undefined ? undefined : bodyAfter(code, close);
  if (close === undefined || body === undefined) return undefined;

  const wanted = PARAMETERS[name];
  const given = splitParameters(code.slice(open + 1, close), text.slice(open + 1, close));
  const named = wanted.map((parameter, index) => nameOf(given[index] ?? parameter));
  if (named.some((found) => found === undefined) || given.length > wanted.length) return undefined;
  const parameters = wanted.map((parameter, index) => given[index] ?? parameter).join(', ');

  const isAsync = head[1] !== undefined || head[2] !== undefined;
  const before = isAsync ? text.slice(0, open) : madeAsync(text.slice(0, open), head.index);
  const after = text.slice(close, body + 1);
  const start = `${before}(${parameters}${after}`;
  const inner = text.slice(body + 1);
  const written = `  ${statement(named.length > 1 ? named[0]! : '', named.at(-1)!)}`;
  return { text: `${start}\n${written}${/^\s*\n/.test(inner) ? '' : '\n '}${inner}`, line: start.split('\n').length + 1 };
}

function madeAsync(before: string, exportAt: number): string {
  const rest = before.slice(exportAt);
  return before.slice(0, exportAt) + (rest.includes('=') ? `${rest}async ` : rest.replace(/\bfunction\b/, 'async function'));
}

function nameOf(parameter: string): string | undefined {
  return /^([A-Za-z_$][\w$]*)\s*(?:$|[:?=])/.exec(parameter)?.[1];
}

/** At commas that are in no bracket. `code` decides, `text` is cut. */
function splitParameters(code: string, text: string): string[] {
  const parts: string[] = [];
  let [depth, from] = [0, 0];
  for (let index = 0; index <= code.length; index++) {
    const character = code[index];
    if (character === undefined || (character === ',' && depth === 0)) {
      parts.push(text.slice(from, index).trim());
      from = index + 1;
    } else if ('([{<'.includes(character)) depth += 1;
    else if (')]}'.includes(character) || (character === '>' && code[index - 1] !== '=')) depth -= 1;
  }
  return parts.filter((part) => part !== '');
}

function matching(code: string, open: number): number | undefined {
  let depth = 0;
  for (let index = open; index < code.length; index++) {
    if (code[index] === '(') depth += 1;
    else if (code[index] === ')' && --depth === 0) return index;
  }
  return undefined;
}

/** The brace that opens the body: a brace inside of a return type stands behind a sign that wants a type. */
function bodyAfter(code: string, close: number): number | undefined {
  let depth = 0;
  for (let index = close + 1; index < code.length; index++) {
    const character = code[index]!;
    if (
      character === '{' &&
      depth === 0 &&
      !/[:<|&,=]$/.test(
        code
          .slice(close + 1, index)
          .trimEnd()
          .replace(/=>$/, ''),
      )
    )
      return index;
    if ('{<(['.includes(character)) depth += 1;
    else if ('})]'.includes(character) || (character === '>' && code[index - 1] !== '=')) depth -= 1;
    if (depth < 0) return undefined;
  }
  return undefined;
}

const TOKENS = /\/\/[^\n]*|\/\*[^]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[^]|[^`\\])*`/g;

/** The text with blanks for comments and for what is in quotes; every character keeps its place. */
function blanked(text: string): string {
  return text.replace(TOKENS, (token) => token.replace(/[^\n]/g, ' '));
}

function withoutComments(text: string): string {
  return text.replace(TOKENS, (token) => (token.startsWith('/') ? token.replace(/[^\n]/g, ' ') : token));
}
