import { expect, test } from 'vitest';
import { exportsHandler, insertStatement, mentions } from '../../../src/model/edits/handler-text';

const statement = (subject: string, ctx: string): string => `await ${ctx}.send('mail', ${subject}.body).accepted;`;
const inserted = (text: string) => insertStatement(text, 'onRequest', statement);

test('the statement comes first in the body, with the names that the handler has given', () => {
  expect(inserted('/** Says. */\nexport async function onRequest(asked: Request, c: Ctx) {\n  return 1;\n}\n')).toEqual({
    text: "/** Says. */\nexport async function onRequest(asked: Request, c: Ctx) {\n  await c.send('mail', asked.body).accepted;\n  return 1;\n}\n",
    line: 3,
  });
});

test('what a handler lacks is added: its parameters, and that it may wait', () => {
  expect(inserted('export function onRequest() {\n}')?.text).toBe(
    "export async function onRequest(request: Request, ctx: Ctx) {\n  await ctx.send('mail', request.body).accepted;\n}",
  );
  expect(inserted('export const onRequest = (request: Request) => { return 1 };')?.text).toBe(
    "export const onRequest = async (request: Request, ctx: Ctx) => {\n  await ctx.send('mail', request.body).accepted;\n  return 1 };",
  );
});

test('brackets in types, comments and texts are no bodies', () => {
  const head = 'export async function onRequest(request: Request /* ) { */, ctx: Ctx): Promise<{ a: number }> {\n';
  expect(inserted(`// export function onRequest() {\n${head}  return { a: 1 };\n}`)?.text).toContain(`${head}  await ctx.send(`);
});

test('of a form that it does not know it says so', () => {
  for (const text of [
    'async function f(request: Request) {}\nexport { f as onRequest };',
    'export const onRequest = async (request: Request) => 1;',
    'export async function onRequest({ body }: Request, ctx: Ctx) {}',
    'export async function onRequest(request: Request',
    'export async function onMessage(message: Message) {}',
  ])
    expect(inserted(text)).toBeUndefined();
});

test('knows what a file exports and whom it asks, wherever that is not only said', () => {
  expect(exportsHandler('function onRequest() {}\nexport { onRequest };', 'onRequest')).toBe(true);
  expect(exportsHandler('// export function onRequest() {}', 'onRequest')).toBe(false);
  expect(mentions('await ctx.call<number>("stock", 1)', 'stock')).toBe(true);
  expect(mentions("// ctx.call('stock')\nctx.log('stock')", 'stock')).toBe(false);
});
