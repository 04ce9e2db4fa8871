/** The comparison of the file that is shown with another state of it: which ones there are, which one is chosen, what may not be seen yet. */
import { t } from '../../i18n/t.svelte';
import type { JsonRecord } from '../../model/variant';
import { exampleOfDocument } from '../../state/document.svelte';
import type { Lab } from '../../state/lab.svelte';
import { laneTitle } from '../shell/lane-title';
import { loadExample } from '../shell/load-example';
import type { Original } from './code-editor';
import { comparisonsOf, type Comparison } from './comparisons';

export class Comparing {
  readonly #lab: Lab;
  readonly #file: () => string | undefined;
  #wanted = $state.raw<string>();
  #shipped = $state.raw<JsonRecord>();
  /** Whoever asks for the solution gets it; but nobody stumbles upon it. */
  #solutionAsked = $state.raw(false);

  /** @param file the name of the file that is shown */
  constructor(lab: Lab, file: () => string | undefined) {
    this.#lab = lab;
    this.#file = file;
    const example = exampleOfDocument(lab.document.identity.id);
    if (example !== undefined) void loadExample(example).then((shipped) => (this.#shipped = shipped));
  }

  readonly choices: readonly Comparison[] = $derived.by(() => {
    const { document, lesson, lanes } = this.#lab;
    const file = this.#file();
    if (file === undefined) return [];
    return comparisonsOf({ file, document: document.file, lesson, shipped: this.#shipped, opened: document.openedFile, lanes });
  });
  readonly chosen: Comparison | undefined = $derived.by(() => this.choices.find(({ id }) => id === this.#wanted) ?? this.choices[0]);
  /** The solution is chosen, and neither have the checks passed nor was it asked for. */
  readonly withheld: boolean = $derived.by(() => this.chosen?.source === 'solution' && !this.#solutionAsked && !this.#hasPassed());
  /** What the editor shows beside the file. */
  readonly original: Original | undefined = $derived.by(() =>
    this.chosen && !this.withheld ? { text: this.chosen.text, label: this.titleOf(this.chosen) } : undefined,
  );
  readonly differs: boolean = $derived.by(() => this.chosen !== undefined && this.chosen.text !== this.#current());
  /** The file can be made what it was; what others wrote is to be read, not to be taken. */
  readonly canRestore: boolean = $derived.by(() => {
    const { lesson } = this.#lab;
    const file = this.#file();
    const editable = file !== undefined && (lesson?.editable.includes(file) ?? true);
    return editable && this.differs && ['starter', 'shipped', 'opened'].includes(this.chosen?.source ?? '');
  });

  choose(id: string): void {
    this.#wanted = id;
  }

  showSolution(): void {
    this.#solutionAsked = true;
  }

  /** The file as it was, as one step for undo. */
  restore(): void {
    const file = this.#file();
    if (file === undefined || !this.chosen || !this.canRestore) return;
    const { document } = this.#lab;
    document.endGroup();
    document.editFile(file, this.chosen.text);
    document.endGroup();
  }

  titleOf({ source, file, variant }: Comparison): string {
    return t(`compare.${source}`, { file, lane: laneTitle(this.#lab.lanes, variant) });
  }

  #current(): string | undefined {
    return this.#lab.document.files[this.#file() ?? ''];
  }

  /** The step that checks is done once all checks have passed. */
  #hasPassed(): boolean {
    const { lesson, progress } = this.#lab;
    if (!lesson) return true;
    const { done } = progress.of(lesson.id);
    return lesson.steps.every(({ kind }, index) => kind !== 'check' || done.includes(index));
  }
}
