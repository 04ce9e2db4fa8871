/** The page's two themes for Monaco, which draws some parts itself and cannot read CSS variables. The colours are those of app.css. */
import { editor } from 'monaco-editor/editor';

export function themeName(dark: boolean): string {
  return dark ? 'async-lab-dark' : 'async-lab-light';
}

export function defineThemes(): void {
  editor.defineTheme(themeName(false), {
    base: 'vs',
    inherit: true,
    rules: [
      { token: 'comment', foreground: '5c6773', fontStyle: 'italic' },
      { token: 'keyword', foreground: '005a8e' },
      { token: 'string', foreground: '00704f' },
      { token: 'number', foreground: '945300' },
      { token: 'type', foreground: '3d4f9f' },
    ],
    colors: {
      'editor.background': '#ffffff',
      'editor.foreground': '#18212b',
      'editorLineNumber.foreground': '#6b7580',
      'editor.lineHighlightBackground': '#f4f5f2',
      'editor.lineHighlightBorder': '#00000000',
      // Faded code could not be read well: a dotted line says as much.
      'editorUnnecessaryCode.opacity': '#000000ff',
      'editorUnnecessaryCode.border': '#6b7580',
      'editorWidget.border': '#d9dcd6',
      'editor.findMatchBackground': '#ffe9a8',
      'editor.findMatchHighlightBackground': '#fff3cc',
      'diffEditor.insertedLineBackground': '#008f681c',
      'diffEditor.insertedTextBackground': '#008f6833',
      'diffEditor.removedLineBackground': '#d1491b18',
      'diffEditor.removedTextBackground': '#d1491b33',
    },
  });
  editor.defineTheme(themeName(true), {
    base: 'vs-dark',
    inherit: true,
    rules: [
      { token: 'comment', foreground: '93a0ac', fontStyle: 'italic' },
      { token: 'keyword', foreground: '5db4ec' },
      { token: 'string', foreground: '3fcf9f' },
      { token: 'number', foreground: 'f0ad3d' },
      { token: 'type', foreground: '8c9cf0' },
    ],
    colors: {
      'editor.background': '#161e26',
      'editor.foreground': '#e6ebef',
      'editorLineNumber.foreground': '#7f8b97',
      'editor.lineHighlightBackground': '#1c2630',
      'editor.lineHighlightBorder': '#00000000',
      'editorUnnecessaryCode.opacity': '#000000ff',
      'editorUnnecessaryCode.border': '#7f8b97',
      'editorWidget.border': '#2a343e',
      'editor.findMatchBackground': '#3a2f10',
      'editor.findMatchHighlightBackground': '#2b2718',
      'diffEditor.insertedLineBackground': '#3fcf9f24',
      'diffEditor.insertedTextBackground': '#3fcf9f3d',
      'diffEditor.removedLineBackground': '#ff7d4d24',
      'diffEditor.removedTextBackground': '#ff7d4d3d',
    },
  });
}
