/** Monaco's view of two texts: beside each other where there is room, else one in the other. It is made when it is first wanted. */
import * as monaco from 'monaco-editor/editor';
import type { Original } from './code-editor';
import { EDITOR_OPTIONS } from './monaco-options';

/** Narrower than this, two columns of code are too narrow to read, in px. */
const SIDE_BY_SIDE_WIDTH = 760;

export class DifferenceView {
  readonly #parent: HTMLElement;
  readonly #listen: (editor: monaco.editor.IStandaloneCodeEditor) => void;
  #view: monaco.editor.IStandaloneDiffEditor | undefined;
  #node: HTMLElement | undefined;
  #original: monaco.editor.ITextModel | undefined;

  /** @param listen is given the editor in which the file can be edited */
  constructor(parent: HTMLElement, listen: (editor: monaco.editor.IStandaloneCodeEditor) => void) {
    this.#parent = parent;
    this.#listen = listen;
  }

  /** The editor of the file while it is compared. */
  get editor(): monaco.editor.IStandaloneCodeEditor | undefined {
    return this.#view?.getModifiedEditor();
  }

  /** `label` is what a screen reader says of the file. */
  open(model: monaco.editor.ITextModel, original: Original, readOnly: boolean, label: string): void {
    if (!this.#view) {
      this.#node = this.#parent.appendChild(document.createElement('div'));
      this.#node.style.height = '100%';
      this.#view = monaco.editor.createDiffEditor(this.#node, {
        ...EDITOR_OPTIONS,
        renderSideBySide: true,
        useInlineViewWhenSpaceIsLimited: true,
        renderSideBySideInlineBreakpoint: SIDE_BY_SIDE_WIDTH,
        ignoreTrimWhitespace: false,
        renderOverviewRuler: false,
        renderGutterMenu: false,
        originalEditable: false,
      });
      this.#listen(this.#view.getModifiedEditor());
    }
    this.#original ??= monaco.editor.createModel('', model.getLanguageId());
    if (this.#original.getValue() !== original.text) this.#original.setValue(original.text);
    this.show(model, readOnly, label);
    this.#view.getOriginalEditor().updateOptions({ ariaLabel: original.label });
  }

  /** Another file takes the place of the one that is compared; what it is compared with follows with the next `open`. */
  show(model: monaco.editor.ITextModel, readOnly: boolean, label: string): void {
    if (!this.#view || !this.#original) return;
    this.#view.updateOptions({ readOnly });
    this.#view.getModifiedEditor().updateOptions({ ariaLabel: label });
    if (this.#view.getModel()?.modified === model) return;
    this.#view.setModel({ original: this.#original, modified: model });
    this.#view.revealFirstDiff(); // once it is computed: whoever compares looks for what differs, not for line 1
  }

  goTo(direction: 'next' | 'previous'): void {
    this.#view?.goToDiff(direction);
    this.editor?.focus();
  }

  close(): void {
    this.#view?.dispose();
    this.#original?.dispose();
    this.#node?.remove();
    this.#view = this.#original = this.#node = undefined;
  }
}
