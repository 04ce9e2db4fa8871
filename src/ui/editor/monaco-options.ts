/** How every editor of ours looks and behaves. */
import type { editor } from 'monaco-editor/editor';

export const EDITOR_OPTIONS = {
  automaticLayout: true,
  minimap: { enabled: false },
  fontSize: 13,
  lineHeight: 21,
  fontFamily: 'var(--font-mono)',
  tabSize: 2,
  lineNumbersMinChars: 3,
  folding: false,
  scrollBeyondLastLine: false,
  fixedOverflowWidgets: true,
  renderLineHighlight: 'line',
  overviewRulerLanes: 0,
  padding: { top: 10, bottom: 10 },
  stickyScroll: { enabled: false },
  guides: { indentation: false },
  renderFinalNewline: 'on',
  unicodeHighlight: { ambiguousCharacters: false }, // Chinese comments are no attack
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
} as const satisfies editor.IEditorOptions & editor.IGlobalEditorOptions;
