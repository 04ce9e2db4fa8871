/** What the page needs of an editor for several files. `monaco.ts` is one; it is loaded late, so this file imports nothing of it. */
import type { Language } from '../../model/lesson';

/** Lines and columns count from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** What is said of a variable: its value, if it has one, and what there is to know of it. */
export interface SaidValue {
  readonly value: string | undefined;
  readonly notes: readonly string[];
}

export interface CodeEditorEvents {
  edited(file: string, text: string): void;
  /** Ctrl+Enter. */
  run(): void;
  /** Ctrl+S. */
  save(): void;
  /** The focus has left: the next edit is another step for undo. */
  left(): void;
  /** What the variable there held at the playhead; undefined when there is nothing to say. */
  valueAt(file: string, place: TextPlace): Promise<SaidValue | undefined>;
}

export interface Marker {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What a file is compared with. */
export interface Original {
  readonly text: string;
  /** What a screen reader says of it. */
  readonly label: string;
}

export interface CodeEditor {
  /** Makes the models equal to these files. A file that has not changed keeps its cursor; a changed one keeps its undo. */
  setFiles(files: Readonly<Record<string, string>>): void;
  /** Shows one of the files, where it was left. `label` is what a screen reader says. */
  show(file: string, readOnly: boolean, label: string): void;
  /** Shows the file beside another text, and can be edited there; undefined: alone again. */
  compare(original: Original | undefined): void;
  /** Puts the cursor at the next difference, or the one before. */
  goToDifference(direction: 'next' | 'previous'): void;
  setTheme(dark: boolean): void;
  setMarkers(markers: readonly Marker[]): void;
  /** Puts the cursor there and brings it into view. Lines and columns count from 1. */
  reveal(line: number, column: number): void;
  format(): void;
  focus(): void;
  dispose(): void;
}

/** Loads the full editor with its words in a language. It takes the main thread for some 0.4 s: ask for it after the first picture. */
export async function loadCodeEditor(language: Language): Promise<(parent: HTMLElement, events: CodeEditorEvents) => CodeEditor> {
  if (language === 'zh') await import('monaco-editor/nls/lang/zh-cn'); // read once, when Monaco is evaluated
  const { createCodeEditor } = await import('./monaco');
  return createCodeEditor;
}
