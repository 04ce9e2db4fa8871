/** Handler files under the types that the editor shows, by the compiler that the editor uses. */
import { readFileSync } from 'node:fs';
import ts from 'typescript';

export const HANDLER_TYPES = readFileSync(new URL('../../src/handlers/async-lab-types.d.ts.txt', import.meta.url), 'utf8');
const OPTIONS: ts.CompilerOptions = {
  lib: ['lib.es2022.d.ts'],
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  strict: true,
  useUnknownInCatchVariables: false,
  noEmit: true,
  types: [],
};

const library = ts.createCompilerHost(OPTIONS);
const parsed = new Map<string, ts.SourceFile>();

/** The problems of a handler file, as `handler.ts line: message`. */
export const typeProblems = (source: string): string[] => typeProblemsIn({ 'handler.ts': source });

/** The problems of handler files by their names, as `name line: message`. */
export function typeProblemsIn(handlers: Readonly<Record<string, string>>): string[] {
  const files: Record<string, string> = { 'async-lab.d.ts': HANDLER_TYPES, ...handlers };
  const program = ts.createProgram(Object.keys(files), OPTIONS, {
    ...library,
    fileExists: (name) => name in files || library.fileExists(name),
    readFile: (name) => files[name] ?? library.readFile(name),
    getSourceFile: (name, version) => {
      const text = files[name];
      if (text !== undefined) return ts.createSourceFile(name, text, version);
      if (!parsed.has(name)) parsed.set(name, library.getSourceFile(name, version)!);
      return parsed.get(name);
    },
  });
  return ts.getPreEmitDiagnostics(program).map((found) => {
    const line = found.file && found.start !== undefined ? found.file.getLineAndCharacterOfPosition(found.start).line + 1 : 0;
    return `${found.file?.fileName ?? ''} ${line}: ${ts.flattenDiagnosticMessageText(found.messageText, ' ')}`;
  });
}
