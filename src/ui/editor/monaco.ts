/** All of Monaco behind one module, so that one dynamic import keeps it out of the first picture. */
import * as monaco from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/typescript/register';
import { jsonDefaults } from 'monaco-editor/languages/features/json/register';
import { ModuleKind, ScriptTarget, typescriptDefaults } from 'monaco-editor/languages/features/typescript/register';
import handlerTypes from '../../handlers/async-lab-types.d.ts.txt?raw';
import type { CodeEditor, CodeEditorEvents } from './code-editor';
import { DifferenceView } from './monaco-difference';
import { EDITOR_OPTIONS } from './monaco-options';
import { sayValues } from './monaco-values';
import { defineThemes, themeName } from './monaco-themes';
import TypeScriptWorker from './ts.worker?worker';

self.MonacoEnvironment = {
  getWorker: (_id: string, label: string) => (label === 'typescript' ? new TypeScriptWorker() : new EditorWorker()),
};

/** TypeScript's `ModuleDetectionKind.Force`: every file is a module, so two files may use one name. Monaco's types lack it. */
const FORCE_MODULES = 3;

typescriptDefaults.setCompilerOptions({
  target: ScriptTarget.ESNext,
  lib: ['es2022'], // no DOM: handlers know neither fetch nor window
  module: ModuleKind.ESNext,
  moduleDetection: FORCE_MODULES,
  strict: true,
  useUnknownInCatchVariables: false, // what a call throws has a `status`, and the examples read it
  allowNonTsExtensions: true,
});
typescriptDefaults.addExtraLib(handlerTypes, 'file:///async-lab-types.d.ts');
typescriptDefaults.setEagerModelSync(true);
// A statechart of a policy gets its colours here; what is wrong with it our own reader says, so no second worker is needed.
jsonDefaults.setModeConfiguration({ tokens: true });
defineThemes();

/** The keys go when the editor goes: those of its own `addCommand` would stay, and keep all that they reach. */
function listen(editor: monaco.editor.IStandaloneCodeEditor, events: CodeEditorEvents): void {
  const keys: readonly (readonly [keybinding: number, run: () => void])[] = [
    [monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, events.run],
    [monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS, events.save],
    [monaco.KeyCode.F4, () => void editor.getAction('editor.action.showHover')?.run()],
  ];
  const when = `editorId == '${editor.getId()}'`;
  const added = keys.flatMap(([keybinding, run]) => {
    const command = `async-lab.${editor.getId()}.${keybinding}`;
    return [monaco.editor.addCommand({ id: command, run: () => run() }), monaco.editor.addKeybindingRule({ keybinding, command, when })];
  });
  editor.onDidDispose(() => added.forEach((one) => one.dispose()));
  editor.onDidBlurEditorText(events.left);
}

export function createCodeEditor(parent: HTMLElement, events: CodeEditorEvents): CodeEditor {
  const models = new Map<string, monaco.editor.ITextModel>();
  const views = new Map<string, monaco.editor.ICodeEditorViewState | null>();
  let shown: string | undefined;
  /** True while the page, not the reader, changes a model: such a change must not come back as an edit. */
  let following = false;

  const node = parent.appendChild(document.createElement('div'));
  node.style.height = '100%';
  const editor = monaco.editor.create(node, { model: null, ...EDITOR_OPTIONS });
  listen(editor, events);
  const difference = new DifferenceView(parent, (inner) => listen(inner, events));
  const values = sayValues((model) => [...models].find(([, known]) => known === model)?.[0], events.valueAt);
  /** The one that is in sight. */
  const current = (): monaco.editor.IStandaloneCodeEditor => difference.editor ?? editor;
  let label = '';

  function addModel(file: string, text: string): void {
    const uri = monaco.Uri.parse(`file:///${file}`);
    const model = monaco.editor.getModel(uri) ?? monaco.editor.createModel(text, uri.path.endsWith('.json') ? 'json' : 'typescript', uri);
    model.updateOptions({ bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } });
    model.onDidChangeContent(() => {
      if (!following) events.edited(file, model.getValue());
    });
    models.set(file, model);
  }

  function follow(model: monaco.editor.ITextModel, text: string): void {
    if (model.getValue(monaco.editor.EndOfLinePreference.LF) === text) return;
    following = true;
    model.pushStackElement();
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
    model.pushStackElement();
    following = false;
  }

  return {
    setFiles(files) {
      for (const [file, model] of models) {
        if (Object.hasOwn(files, file)) continue;
        model.dispose();
        models.delete(file);
        views.delete(file);
      }
      for (const [file, text] of Object.entries(files)) {
        const model = models.get(file);
        if (model) follow(model, text);
        else addModel(file, text);
      }
    },
    show(file, readOnly, said) {
      const model = models.get(file);
      if (!model) return;
      label = said;
      editor.updateOptions({ readOnly, ariaLabel: label });
      difference.show(model, readOnly, label);
      if (editor.getModel() === model) return;
      if (shown !== undefined) views.set(shown, editor.saveViewState());
      editor.setModel(model);
      editor.restoreViewState(views.get(file) ?? null);
      shown = file;
    },
    compare(original) {
      const model = editor.getModel();
      if (original && model) difference.open(model, original, editor.getOption(monaco.editor.EditorOption.readOnly), label);
      else difference.close();
      node.hidden = difference.editor !== undefined;
    },
    goToDifference: (direction) => difference.goTo(direction),
    setTheme: (dark) => monaco.editor.setTheme(themeName(dark)),
    setMarkers(markers) {
      for (const [file, model] of models) {
        const here = markers.filter((marker) => marker.file === file).map((marker) => toMonaco(marker, model));
        monaco.editor.setModelMarkers(model, 'async-lab', here);
      }
    },
    reveal(line, column) {
      current().setPosition({ lineNumber: line, column });
      current().revealPositionInCenterIfOutsideViewport({ lineNumber: line, column });
      current().focus();
    },
    format: () => void current().getAction('editor.action.formatDocument')?.run(),
    focus: () => current().focus(),
    dispose() {
      difference.close();
      values.dispose();
      editor.dispose();
      node.remove();
      for (const model of models.values()) model.dispose();
    },
  };
}

/** From the place to the end of its word, or of its line where there is no word. */
function toMonaco(
  { line, column, message }: { line: number; column: number; message: string },
  model: monaco.editor.ITextModel,
): monaco.editor.IMarkerData {
  const position = model.validatePosition({ lineNumber: line, column });
  const word = model.getWordAtPosition(position);
  return {
    severity: monaco.MarkerSeverity.Error,
    message,
    startLineNumber: position.lineNumber,
    startColumn: position.column,
    endLineNumber: position.lineNumber,
    endColumn: word?.endColumn ?? model.getLineMaxColumn(position.lineNumber),
  };
}
