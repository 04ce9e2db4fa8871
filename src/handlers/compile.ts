/**
 * A learner's TypeScript to plain JavaScript that runs in virtual time. The same in the browser and in Node, so that both run the same code:
 * sucrase strips the types and keeps the lines, acorn reads what is left, `restrict` refuses what would leave virtual time,
 * `lower-async` writes the code that runs. What is wrong comes back as data with its place in the file.
 */
import type MagicString from 'magic-string';
import { transform } from 'sucrase';
import { LIMITS } from '../model/limits';
import type { CodeProblem, Problem } from '../model/problem';
import { lowerAsync } from './lower-async';
import { readExports } from './module-exports';
import { placeProbes } from './place-probes';
import { Placement, type FilePlace } from './placement';
import type { Probes } from './probes';
import { restrict } from './restrict';
import { readStreamUses } from './stream-uses';
import { NotTaken } from './rewriter';
import { Syntax } from './syntax';

export interface CompiledModule {
  readonly file: string;
  /** The body of a function that returns the handlers. Its parameters are `$`-names of the runtime and the globals of handlers. */
  readonly code: string;
  /** Which of `onRequest`, `onStream`, `onMessage`, `onTick` the file exports. */
  readonly exports: readonly string[];
  /** Where the handler is declared whose return value is an answer, or else the first one. */
  readonly answersAt: FilePlace;
  /** The components that the code names in `ctx.stream`. */
  readonly streams: readonly { readonly target: string; readonly place: FilePlace }[];
  /** From a place in `code` to the place in the file. Lines are the same; columns are found when they are asked for. */
  placeOf(line: number, column: number): FilePlace;
}

export type Compiled =
  { readonly ok: true; readonly module: CompiledModule } | { readonly ok: false; readonly problems: readonly CodeProblem[] };

/** What a restriction or the reader of exports complains about, at an offset of the code without types. */
export interface Complaint {
  readonly offset: number;
  readonly key: Problem['key'];
  readonly params: Problem['params'];
}

/**
 * @param file the name of the file, as problems and stacks shall show it
 * @param probes where the code shall tell what its variables hold; the columns of its failures are then rough
 */
export function compile(source: string, file: string, probes?: Probes): Compiled {
  const problemAt = (place: FilePlace, key: Problem['key'], params: Problem['params']): CodeProblem => ({
    path: `files.${file}`,
    key,
    params,
    file,
    ...place,
  });
  const refuse = (...problems: CodeProblem[]): Compiled => ({ ok: false, problems });
  const start = { line: 1, column: 1 };
  if (source.length > LIMITS.fileLength) return refuse(problemAt(start, 'problem.codeTooLong', { max: LIMITS.fileLength }));

  let stripped: string;
  try {
    stripped = transform(source, { transforms: ['typescript'], disableESTransforms: true }).code;
  } catch (error) {
    const { message, place } = readSyntaxError(error);
    return refuse(problemAt(place, 'problem.codeSyntax', { message }));
  }
  const placement = new Placement(source, stripped);

  let syntax: Syntax;
  try {
    syntax = new Syntax(stripped);
  } catch (error) {
    const { message, place } = readSyntaxError(error);
    return refuse(problemAt(placement.inFile(place.line, place.column), 'problem.codeSyntax', { message }));
  }

  const placeAt = (offset: number): FilePlace => placement.inFile(syntax.lineOf(offset), syntax.columnOf(offset));
  const complaints: Complaint[] = [];
  const exported = readExports(syntax, complaints);
  restrict(syntax, complaints);
  let lowered: MagicString | undefined;
  try {
    lowered = lowerAsync(syntax);
  } catch (error) {
    if (!(error instanceof NotTaken)) throw error;
    complaints.push({ offset: error.offset, key: 'problem.codeNotTaken', params: { what: error.what } });
  }
  if (complaints.length > 0 || !lowered) {
    complaints.sort((a, b) => a.offset - b.offset);
    return refuse(...complaints.map(({ offset, key, params }) => problemAt(placeAt(offset), key, params)));
  }
  let { blanks } = exported;
  if (probes) {
    const probed = placeProbes(syntax, probes.nextSite);
    const names = probed.names.map(({ offset, length, sites }) => ({ ...placeAt(offset), length, sites }));
    probes.add(file, probed.siteCount, names);
    const watched = new Syntax(probed.code);
    ({ blanks } = readExports(watched, []));
    lowered = lowerAsync(watched);
  }
  for (const [from, to] of blanks) lowered.update(from, to, lowered.original.slice(from, to).replace(/[^\n]/g, ' '));
  const code = `${lowered.toString()}\n;return{${[...exported.names].map(([name, local]) => `${name}:${local}`).join()}}`;
  const text = lowered;
  return {
    ok: true,
    module: {
      file,
      code,
      exports: [...exported.names.keys()],
      answersAt: placeAt(exported.offsets.get('onRequest') ?? [...exported.offsets.values()][0] ?? 0),
      streams: readStreamUses(syntax).map(({ target, offset }) => ({ target, place: placeAt(offset) })),
      placeOf: (line, column) => placement.ofLowered(text, line, column),
    },
  };
}

/** Sucrase and acorn both end their message with the place, and give it as `loc` too: lines from 1; columns from 1 and 0. */
function readSyntaxError(error: unknown): { message: string; place: FilePlace } {
  const { message, loc, pos } = error as { message: string; loc?: { line: number; column: number }; pos?: number };
  const isAcorn = error instanceof SyntaxError && pos !== undefined && 'raisedAt' in error;
  return {
    message: message.replace(/ \(\d+:\d+\)$/, '').replace(/^Error transforming [^:]*: /, ''),
    place: { line: loc?.line ?? 1, column: (loc?.column ?? 0) + (isAcorn ? 1 : 0) || 1 },
  };
}
