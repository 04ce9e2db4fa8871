/**
 * The code that makes a link of use: who has none gets a small file that does what its form said and uses its links; who has some gets one
 * statement, or one handler more. Nothing that is there is changed. Pure, and it takes a file of any shape.
 */
import { asWritten } from '../problem';
import { isRecord, type JsonRecord } from '../variant';
import { exportsHandler, insertStatement, mentions, PARAMETERS, usesStore, type HandlerName } from './handler-text';
import { usersOf } from './files';
import { componentsOf, freeName, kindOf, linksOf } from './parts';

export interface CodeChange {
  /** The component whose code it is. */
  readonly component: string;
  /** The name of its handler file. */
  readonly file: string;
  readonly isNew: boolean;
  /** The line where the new code begins, from 1. */
  readonly line: number;
}

export interface CodeOffer {
  readonly scenario: JsonRecord;
  /** Never empty. */
  readonly changes: readonly CodeChange[];
}

/**
 * What is missing for a link to be used, as the scenario with it. Undefined when nothing is, or when it cannot be written for sure.
 * @param keepFiles files that are there stay as they are: a component whose code changes gets a copy
 */
export function offerCode(scenario: JsonRecord, from: string, to: string, keepFiles = false): CodeOffer | undefined {
  const changes: CodeChange[] = [];
  const sent = needsSender(scenario, from, to) ? sender(scenario, from, to, changes, keepFiles) : scenario;
  const received = sent && needsReceiver(sent, from, to) ? receiver(sent, from, to, changes, keepFiles) : sent;
  return received && changes.length > 0 ? { scenario: received, changes } : undefined;
}

/** A component without code of its own as one that has some: it does the same, and uses each of its links. Undefined when it has code. */
export function withHandler(scenario: JsonRecord, id: string): CodeOffer | undefined {
  const component = componentsOf(scenario)[id];
  if (!isRecord(component) || component['size'] !== undefined) return undefined;
  const { calls: _calls, work: _work, ...kept } = component;
  const named = component['handler'];
  if (typeof named === 'string' && textOf(scenario, named) !== undefined) return undefined;
  const file = typeof named === 'string' ? named : freeFile(scenario, id);
  const text = handlerFor(scenario, id, component);
  if (text === undefined) return undefined;
  const files = { ...textsIn(scenario), [file]: text };
  const components = { ...componentsOf(scenario), [id]: { ...kept, handler: file } };
  return { scenario: { ...scenario, components, files }, changes: [{ component: id, file, isNew: true, line: 1 }] };
}

/** A client that neither has code nor says what it calls. */
export function doesNothing(scenario: JsonRecord, id: string): boolean {
  const component = componentsOf(scenario)[id];
  return isRecord(component) && component['kind'] === 'client' && component['calls'] === undefined && component['handler'] === undefined;
}

function needsSender(scenario: JsonRecord, from: string, to: string): boolean {
  const component = componentsOf(scenario)[from];
  if (!isRecord(component) || !isAsked(scenario, from, to) || component['calls'] === to) return false;
  const text = codeOf(scenario, from);
  if (text === undefined) return true;
  return kindOf(scenario, to) === 'store' ? !usesStore(text) : !mentions(text, to);
}

/** Whether code of the one would ask the other: not over a link that only brings back to it what it has sent. */
function isAsked(scenario: JsonRecord, from: string, to: string): boolean {
  const [one, other] = [kindOf(scenario, from), kindOf(scenario, to)];
  return (one === 'client' || one === 'service') && other !== 'client' && other !== '' && !leadsTo(scenario, to, from);
}

function sender(scenario: JsonRecord, from: string, to: string, changes: CodeChange[], keepFiles: boolean): JsonRecord | undefined {
  const text = codeOf(scenario, from);
  if (text === undefined) return added(withHandler(scenario, from), changes);
  const names: readonly HandlerName[] = kindOf(scenario, from) === 'client' ? ['onTick'] : ['onRequest', 'onMessage'];
  const name = names.find((known) => exportsHandler(text, known));
  const inserted = name && insertStatement(text, name, (subject, ctx) => statementFor(scenario, to, name, subject, ctx));
  return inserted && withText(scenario, from, inserted.text, inserted.line, changes, keepFiles);
}

function needsReceiver(scenario: JsonRecord, from: string, to: string): boolean {
  const text = kindOf(scenario, to) === 'service' ? codeOf(scenario, to) : undefined;
  return text !== undefined && !exportsHandler(text, receives(scenario, from)) && !/\bonStream\b/.test(text);
}

/** One handler more, at the end of the file. */
function receiver(scenario: JsonRecord, from: string, to: string, changes: CodeChange[], keepFiles: boolean): JsonRecord | undefined {
  const text = codeOf(scenario, to) ?? '';
  const name = receives(scenario, from);
  const before = `${text.trimEnd()}\n\n`;
  return withText(
    scenario,
    to,
    `${before}${functionText(name, ["await ctx.work('10ms');"])}`,
    before.split('\n').length,
    changes,
    keepFiles,
  );
}

function receives(scenario: JsonRecord, from: string): HandlerName {
  const kind = kindOf(scenario, from);
  return kind === 'queue' || kind === 'topic' ? 'onMessage' : 'onRequest';
}

/** A file that does what the component does without it, and uses the links that lead away from it. */
function handlerFor(scenario: JsonRecord, id: string, component: JsonRecord): string | undefined {
  const targets = linksOf(scenario).flatMap(({ from, to }) =>
    from === id && typeof to === 'string' && isAsked(scenario, id, to) ? [to] : [],
  );
  if (component['kind'] === 'client')
    return functionText(
      'onTick',
      targets.map((to) => statementFor(scenario, to, 'onTick', '', 'ctx')),
    );
  if (component['kind'] !== 'service') return undefined;
  const work = component['work'] === undefined ? "'10ms'" : workText(component['work']);
  if (work === undefined) return undefined;
  const sources = linksOf(scenario).flatMap(({ from, to }) => (to === id && typeof from === 'string' ? [receives(scenario, from)] : []));
  const names = (['onRequest', 'onMessage'] as const).filter((name) => sources.includes(name));
  return (names.length > 0 ? names : (['onRequest'] as const))
    .map((name) => {
      const subject = name === 'onRequest' ? 'request' : 'message';
      return functionText(name, [`await ctx.work(${work});`, ...targets.map((to) => statementFor(scenario, to, name, subject, 'ctx'))]);
    })
    .join('\n');
}

function functionText(name: HandlerName, statements: readonly string[]): string {
  return `export async function ${name}(${PARAMETERS[name].join(', ')}) {\n${statements.map((line) => `  ${line}\n`).join('')}}\n`;
}

/** What is asked of a component of its kind. What a client begins carries the time; a service hands on what it was given. */
function statementFor(scenario: JsonRecord, to: string, name: HandlerName, subject: string, ctx: string): string {
  const body = name === 'onTick' ? `{ at: ${ctx}.now }` : `${subject}.body`;
  switch (kindOf(scenario, to)) {
    case 'queue':
      return `await ${ctx}.send('${to}', ${body}).accepted;`;
    case 'topic':
      return `await ${ctx}.publish('${to}', ${body}).accepted;`;
    case 'store':
      return `await ${ctx}.store.put('last', ${name === 'onTick' ? `${ctx}.now` : `${subject}.id`});`;
    default:
      return `await ${ctx}.call('${to}', ${body});`;
  }
}

/** A distribution of the form as code; undefined for one that code has no word for. */
function workText(work: unknown): string | undefined {
  if (typeof work === 'string') return quoted(work);
  if (!isRecord(work)) return undefined;
  const [[name, given] = ['', undefined]] = Object.entries(work);
  if (name === 'empirical') return undefined;
  const values = isRecord(given)
    ? ORDER.flatMap((key) => (given[key] === undefined ? [] : [given[key]]))
    : Array.isArray(given)
      ? given
      : [given];
  return `${name}(${values.map((value) => (typeof value === 'number' ? String(value) : quoted(asWritten(value)))).join(', ')})`;
}

/** The parameters of the distributions, in the order in which their functions take them. */
const ORDER = ['mean', 'min', 'sd', 'k', 'cv', 'alpha'] as const;

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** Whether what is at one component can come to another over links, replies apart. */
function leadsTo(scenario: JsonRecord, from: string, to: string): boolean {
  const reached = new Set([from]);
  for (const at of reached) {
    if (kindOf(scenario, at) === 'client') continue;
    for (const link of linksOf(scenario)) if (link['from'] === at && typeof link['to'] === 'string') reached.add(link['to']);
  }
  return reached.has(to);
}

function textOf(scenario: JsonRecord, file: string): string | undefined {
  const text = Object.hasOwn(textsIn(scenario), file) ? textsIn(scenario)[file] : undefined;
  return typeof text === 'string' ? text : undefined;
}

/** The text of the component's handler file, if it has one. */
function codeOf(scenario: JsonRecord, id: string): string | undefined {
  const component = componentsOf(scenario)[id];
  return isRecord(component) && typeof component['handler'] === 'string' ? textOf(scenario, component['handler']) : undefined;
}

/** The component with this text as its code: in its file, or in one of its own where the file must stay as it is for others. */
function withText(scenario: JsonRecord, id: string, text: string, line: number, changes: CodeChange[], keepFiles: boolean): JsonRecord {
  const component = componentsOf(scenario)[id];
  const old = isRecord(component) ? asWritten(component['handler']) : '';
  const isNew = keepFiles || usersOf(scenario, old).length > 1;
  const file = isNew ? freeFile(scenario, id) : old;
  changes.push({ component: id, file, isNew, line });
  const components = { ...componentsOf(scenario), ...(isNew && isRecord(component) && { [id]: { ...component, handler: file } }) };
  return { ...scenario, components, files: { ...textsIn(scenario), [file]: text } };
}

/** A name for the handler file of a component that no file has. */
function freeFile(scenario: JsonRecord, id: string): string {
  return `${freeName(id, (name) => Object.hasOwn(textsIn(scenario), `${name}.ts`))}.ts`;
}

function textsIn(scenario: JsonRecord): JsonRecord {
  return isRecord(scenario['files']) ? scenario['files'] : {};
}

function added(offer: CodeOffer | undefined, changes: CodeChange[]): JsonRecord | undefined {
  if (offer) changes.push(...offer.changes);
  return offer?.scenario;
}
