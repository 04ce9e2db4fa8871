/**
 * The whole state of the page, wired together: an edit goes to the run and to the device, a run moves the end of the playhead,
 * a lesson's prediction locks it. What the outside must give (sandbox, store, frames, memory) is passed in.
 */
import { findLesson } from '../lesson/catalogue';
import type { Lesson, LessonLane, LessonStep } from '../model/lesson';
import type { Problem, Result } from '../model/problem';
import type { JsonRecord } from '../model/variant';
import type { SharedState } from '../share/link';
import type { DocumentStore } from '../storage/document-store';
import { BookmarksState } from './bookmarks.svelte';
import { AuditState } from './audit.svelte';
import { checkLesson, type CheckReport } from './check-lesson';
import { fingerprint, ownDocumentId } from './document-id';
import { EditingState } from './editing.svelte';
import { DocumentState, exampleDocumentId, type DocumentIdentity } from './document.svelte';
import { checked } from './lesson-steps';
import { OlderRanges } from './older-ranges.svelte';
import { PlayheadState } from './playhead.svelte';
import { ProgressState } from './progress.svelte';
import { ReadersState } from './readers.svelte';
import type { RunInput } from './run-machine';
import { RunState } from './run.svelte';
import { SavingState } from './saving.svelte';
import { SeedsState } from './seeds.svelte';
import { SelectionState } from './selection.svelte';
import { SettingsState } from './settings.svelte';
import { ShownLanesState } from './shown-lanes.svelte';
import type { Surroundings } from './surroundings';
import { ValuesState } from './values';
import { instantsOf } from './trace-instants';

const LAST_OWN = 'async-lab.last';

export class Lab {
  readonly document = new DocumentState();
  readonly selection = new SelectionState();
  readonly shownLanes = new ShownLanesState(this.document, this.selection, () => this.run.change(this.#runInput()));
  readonly settings: SettingsState;
  readonly progress: ProgressState;
  readonly bookmarks: BookmarksState;
  readonly run: RunState;
  readonly readers = new ReadersState();
  readonly playhead: PlayheadState;
  readonly older: OlderRanges;
  readonly saving: SavingState;
  readonly editing: EditingState;
  readonly seeds: SeedsState;
  readonly audit: AuditState;
  readonly values: ValuesState;
  /** Why the link in the address could not be opened. */
  #linkProblem = $state.raw<Problem>();
  #checking = $state.raw(false);
  /** The newest opening; an older one that is still being loaded gives way. */
  #opening = 0;
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
    this.settings = new SettingsState(around.memory, around.wishes);
    this.progress = new ProgressState(around.memory);
    this.bookmarks = new BookmarksState(around.memory);
    this.run = new RunState(around.simulator);
    this.older = new OlderRanges(around.simulator);
    this.playhead = new PlayheadState(
      around.frames,
      () => instantsOf(this.run.lanes.map((lane) => this.older.laneAt(lane, this.playhead.timeMicros))),
      () => this.run.lanes.some((lane) => this.older.whereabouts(lane, this.playhead.timeMicros) === 'missing'),
    );
    this.seeds = new SeedsState(around.simulator);
    this.audit = new AuditState(around.simulator);
    this.values = new ValuesState(around.simulator);
    this.saving = new SavingState(this.document, around.store);
    this.editing = new EditingState(this.document, this.saving, around.store, around.locks);
    this.document.onChange((change) => {
      if (change !== 'opened') this.run.change(this.#runInput());
    });
    this.run.onLanes((lanes) => {
      this.readers.make(lanes, this.run.shown?.file);
      this.older.forget();
      this.playhead.reach(Math.max(0, ...lanes.map(({ endMicros }) => endMicros)));
    });
    this.run.start();
  }

  /** The lesson that the open document began from. */
  get lesson(): Lesson | undefined {
    const { lesson } = this.document.identity;
    return lesson === undefined ? undefined : findLesson(lesson);
  }

  /** What runs side by side, in order. */
  get lanes(): readonly LessonLane[] {
    return this.lesson?.lanes ?? this.shownLanes.lanes;
  }

  get linkProblem(): Problem | undefined {
    return this.#linkProblem;
  }

  /** Opens the learner's own work: what was open last, or the lesson as it starts. It runs at once. */
  async openOwn(fallbackLesson: string, id = this.#lastOwn() ?? ownDocumentId(fallbackLesson)): Promise<void> {
    const opening = ++this.#opening;
    const kept = await this.#around.store.then((store) => store.load(id)).catch(() => undefined);
    if (opening !== this.#opening) return;
    const lesson = findLesson((kept ? kept.lesson : fallbackLesson) ?? '');
    const file = kept?.file ?? lesson?.scenario ?? {};
    const identity: DocumentIdentity = { id: kept ? id : ownDocumentId(fallbackLesson), kind: 'own', lesson: lesson?.id };
    this.#around.memory.write(LAST_OWN, identity.id);
    this.#open(identity, file, true, 0);
  }

  /** Opens what a link holds as a visit beside the learner's own work. It never runs by itself. False when the link is bad. */
  async openLink(text: string): Promise<boolean> {
    const opening = ++this.#opening;
    const { decodeLink } = await import('../share/link');
    const read: Result<SharedState> = decodeLink(text);
    if (opening !== this.#opening) return true;
    this.#linkProblem = read.ok ? undefined : read.problems[0];
    if (!read.ok) return false;
    const { scenario, seed, timeMicros, lessonId, language, variant, selection } = read.value;
    const id = `visit-${fingerprint(JSON.stringify(scenario))}`;
    const kept = await this.#around.store.then((store) => store.load(id)).catch(() => undefined);
    if (opening !== this.#opening) return true;
    const lesson = lessonId !== undefined && findLesson(lessonId) ? lessonId : undefined;
    const file = kept?.file ?? (seed === undefined ? scenario : { ...scenario, seed });
    this.#open({ id, kind: 'visit', lesson }, file, false, timeMicros);
    this.shownLanes.restore(selection ?? '');
    const lane = this.lanes.findIndex((shown) => shown.variant === variant);
    this.selection.restore(Math.max(0, lane), selection ?? '');
    if (language !== undefined) this.settings.suggestLanguage(language);
    return true;
  }

  /** What keeps documents on this device. */
  get store(): Promise<DocumentStore> {
    return this.#around.store;
  }

  /** Opens the learner's version of a lesson, or the lesson as it starts. */
  async openLesson(lesson: string): Promise<void> {
    await this.saving.flush();
    await this.openOwn(lesson, ownDocumentId(lesson));
  }

  /** Opens the learner's version of an example, or the example as it ships. It runs at once. */
  async openExample(name: string, file: JsonRecord): Promise<void> {
    await this.saving.flush();
    const opening = ++this.#opening;
    const id = exampleDocumentId(name);
    const kept = await this.#around.store.then((store) => store.load(id)).catch(() => undefined);
    if (opening !== this.#opening) return;
    this.#around.memory.write(LAST_OWN, id);
    this.#open({ id, kind: 'own', lesson: undefined }, kept?.file ?? file, true, 0, kept !== undefined);
    await this.saving.flush(true);
  }

  /** Opens a new document of the learner's own that begins like this. What was open stays as it was kept. */
  async openNew(file: JsonRecord): Promise<void> {
    await this.saving.flush();
    this.#opening += 1;
    const id = this.#around.newId();
    this.#around.memory.write(LAST_OWN, id);
    this.#open({ id, kind: 'own', lesson: undefined }, file, true, 0, false);
    await this.saving.flush(true);
  }

  /** Opens what shows something that has run before as a visit beside the learner's own work, at an instant. */
  async openShown(file: JsonRecord, timeMicros: number): Promise<void> {
    await this.saving.flush();
    this.#opening += 1;
    this.#open({ id: `visit-${fingerprint(JSON.stringify(file))}`, kind: 'visit', lesson: undefined }, file, true, timeMicros, false);
  }

  dismissLinkProblem(): void {
    this.#linkProblem = undefined;
  }

  /** The visit becomes a document of the learner's own; it stays open as it is. */
  async keepCopy(): Promise<boolean> {
    const { lesson } = this.document.identity;
    const id = this.#around.newId();
    this.document.rename({ id, kind: 'own', lesson });
    this.editing.claim();
    this.#around.memory.write(LAST_OWN, id);
    return this.saving.flush(true);
  }

  /** The lesson's own start; undo brings back what was there. */
  restartLesson(): void {
    if (this.lesson) this.document.edit(this.lesson.scenario);
  }

  /** The fragment of a link to what is on the screen now. The codec is loaded when it is first wanted. */
  async link(): Promise<string> {
    const { file, identity } = this.document;
    const { timeMicros } = this.playhead;
    const { encodeLink } = await import('../share/link');
    return encodeLink({
      scenario: file,
      seed: undefined,
      timeMicros,
      variant: this.lanes[this.selection.lane]?.variant ?? null,
      selection: [this.selection.words, this.shownLanes.words].filter(Boolean).join('&'),
      language: this.settings.language,
      lessonId: identity.lesson,
    });
  }

  /** Has the part of the run executed again that the playhead is in, if it is not kept. For an effect of the page. */
  lookForOlder(): void {
    const { lanes, shown, status } = this.run;
    const free =
      !this.#checking && !this.seeds.running && !this.audit.running && (status === 'idle' || status === 'stopped' || status === 'held');
    this.older.look(lanes, shown, this.playhead.timeMicros, free);
  }

  /** Run was pressed. */
  runNow(): void {
    this.document.endGroup();
    this.run.run();
  }

  goToStep(step: number): void {
    if (!this.lesson) return;
    this.progress.goTo(this.lesson.id, Math.min(Math.max(0, step), this.lesson.steps.length - 1));
    this.#applyLock();
  }

  /** Commits an option of the current step's question. A prediction counts whatever it says; an answer counts when it is right. */
  answer(option: string): void {
    const { lesson } = this;
    const step = this.step;
    if (!lesson || !step) return;
    const index = this.stepIndex;
    const question = 'question' in step ? step.question : undefined;
    const correct = question?.options.some(({ id, correct: isCorrect }) => id === option && isCorrect) ?? false;
    this.progress.answer(lesson.id, index, option, step.kind === 'predict' || correct);
    this.#applyLock();
  }

  get checking(): boolean {
    return this.#checking;
  }

  /** Runs the lesson's checks on its hidden seeds. The step is done when all pass. */
  async check(): Promise<CheckReport> {
    const { lesson } = this;
    if (!lesson) return { kind: 'cancelled' };
    this.#checking = true;
    const { file, files } = this.document;
    const report = await checkLesson(lesson, files, this.#around.simulator);
    this.#checking = false;
    if (report.kind !== 'judged' || this.document.file !== file) return report;
    checked(this, report.outcomes);
    return report;
  }

  get stepIndex(): number {
    const { lesson } = this;
    return lesson ? Math.min(this.progress.of(lesson.id).step, lesson.steps.length - 1) : 0;
  }
  get step(): LessonStep | undefined {
    return this.lesson?.steps[this.stepIndex];
  }

  #open(identity: DocumentIdentity, file: JsonRecord, live: boolean, timeMicros: number, saved = true): void {
    this.selection.clear();
    this.playhead.unlock();
    this.playhead.rewind();
    this.document.open(identity, file, saved);
    // On a phone the pane of the lesson would be empty.
    if (identity.lesson === undefined) this.selection.showPane('stage');
    this.run.open(this.#runInput(), live);
    if (timeMicros > 0) this.playhead.startAt(timeMicros);
    this.#applyLock();
  }

  /** Where a lesson asks, play waits for the prediction. A visit is somebody's picture, not a lesson to take. */
  #applyLock(): void {
    const { lesson, step } = this;
    const waits =
      lesson !== undefined &&
      this.document.identity.kind === 'own' &&
      step?.kind === 'predict' &&
      this.progress.of(lesson.id).answers[this.stepIndex] === undefined;
    if (waits) this.playhead.lock();
    else this.playhead.unlock();
  }

  #runInput(): RunInput {
    return { file: this.document.file, variants: this.lanes.map(({ variant }) => variant), seed: this.document.seed };
  }

  #lastOwn(): string | undefined {
    const id = this.#around.memory.read(LAST_OWN);
    return typeof id === 'string' ? id : undefined;
  }
}
