/** Says what a variable held where the mouse rests in the code, or the cursor stands. */
import * as monaco from 'monaco-editor/editor';
import type { SaidValue, TextPlace } from './code-editor';

/** @param fileOf the name of a file of ours; undefined for any other model */
export function sayValues(
  fileOf: (model: monaco.editor.ITextModel) => string | undefined,
  valueAt: (file: string, place: TextPlace) => Promise<SaidValue | undefined>,
): monaco.IDisposable {
  return monaco.languages.registerHoverProvider('typescript', {
    async provideHover(model, { lineNumber, column }) {
      const file = fileOf(model);
      const word = model.getWordAtPosition({ lineNumber, column });
      if (file === undefined || !word) return null;
      const said = await valueAt(file, { line: lineNumber, column: word.startColumn });
      if (!said) return null;
      const value = said.value === undefined ? [] : [{ value: `\`\`\`typescript\n${word.word} = ${said.value}\n\`\`\`` }];
      return { range: new monaco.Range(lineNumber, word.startColumn, lineNumber, word.endColumn), contents: [...value, text(said.notes)] };
    },
  });
}

/** Names of components and lanes are the reader's own, and no markup. */
function text(lines: readonly string[]): monaco.IMarkdownString {
  return { value: lines.map((line) => line.replace(/[\\`*_{}[\]()#+\-.!|<>~&]/g, '\\$&')).join('  \n') };
}
