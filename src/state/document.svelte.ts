/**
 * The scenario that is open: its file with the code in it, undo and redo over everything. Every change goes through `#become`,
 * which replaces whole values; nothing outside can change the file in place.
 */
import { untrack } from 'svelte';
import { isRecord, type JsonRecord } from '../model/variant';
import type { Micros } from '../model/time';
import { writeKnob, type Knob } from './knobs';
import { turnFrom, withoutEntry, type LiveEntry } from './live-changes';

const EXAMPLE = 'example-';

/** The id of the learner's version of an example. */
export const exampleDocumentId = (name: string): string => `${EXAMPLE}${name}`;

/** The name of the example that a document is the learner's version of. */
export const exampleOfDocument = (id: string): string | undefined => (id.startsWith(EXAMPLE) ? id.slice(EXAMPLE.length) : undefined);

export interface DocumentIdentity {
  readonly id: string;
  /** `own` is kept on this device, `visit` came with a link and is kept only on request. */
  readonly kind: 'own' | 'visit';
  /** The lesson it began from. */
  readonly lesson: string | undefined;
}

/** `followed`: another tab has changed it, and has saved it. */
export type DocumentChange = 'opened' | 'edited' | 'followed';

/** Steps that undo can take back; older ones are forgotten. */
const UNDO_STEPS = 500;

export class DocumentState {
  #identity = $state.raw<DocumentIdentity>({ id: '', kind: 'own', lesson: undefined });
  #file = $state.raw<JsonRecord>({});
  #past = $state.raw<readonly JsonRecord[]>([]);
  #future = $state.raw<readonly JsonRecord[]>([]);
  #savedFile = $state.raw<JsonRecord>();
  #openedFile = $state.raw<JsonRecord>();
  #readOnly = $state.raw(false);
  /** The group of the newest step; an edit of the same group joins it. */
  #group: string | undefined;
  readonly #listeners = new Set<(change: DocumentChange) => void>();

  get identity(): DocumentIdentity {
    return this.#identity;
  }
  /** The scenario file as JSON, `files` included. */
  get file(): JsonRecord {
    return this.#file;
  }
  /** Handler files by name, in the order of the scenario file. */
  get files(): Readonly<Record<string, string>> {
    return textsOf(this.#file);
  }
  get title(): string {
    return typeof this.#file['title'] === 'string' ? this.#file['title'] : '';
  }
  get seed(): number {
    return typeof this.#file['seed'] === 'number' ? this.#file['seed'] : 0;
  }
  get variants(): readonly string[] {
    return isRecord(this.#file['variants']) ? Object.keys(this.#file['variants']) : [];
  }
  /** The file as it was when it was opened. */
  get openedFile(): JsonRecord | undefined {
    return this.#openedFile;
  }
  /** True from an edit until `markSaved` was told of exactly this file. */
  get dirty(): boolean {
    return this.#file !== this.#savedFile;
  }
  /** Edits are passed over: another tab makes them. */
  get readOnly(): boolean {
    return this.#readOnly;
  }
  get canUndo(): boolean {
    return !this.#readOnly && this.#past.length > 0;
  }
  get canRedo(): boolean {
    return !this.#readOnly && this.#future.length > 0;
  }

  /** Replaces what is open; its undo history begins anew. */
  open(identity: DocumentIdentity, file: JsonRecord, saved: boolean): void {
    this.#identity = identity;
    this.#savedFile = saved ? file : undefined;
    this.#openedFile = file;
    this.#group = undefined;
    this.#become(file, [], [], 'opened');
  }

  /** The document as another tab has saved it. What could be undone here was about another file. */
  follow(file: JsonRecord): void {
    this.#savedFile = file;
    this.#group = undefined;
    this.#become(file, [], [], 'followed');
  }

  setReadOnly(readOnly: boolean): void {
    this.#readOnly = readOnly;
  }

  /** One edit. Edits that follow each other with the same `group` (typing in one file, one drag of a knob) are one undo step. */
  edit(file: JsonRecord, group?: string): void {
    this.#change(() => file, group);
  }

  editFile(name: string, text: string): void {
    this.#change((file) => {
      const files = textsOf(file);
      return files[name] === text ? file : { ...file, files: { ...files, [name]: text } };
    }, `file:${name}`);
  }

  turnKnob(knob: Knob, value: number): void {
    this.#change((file) => writeKnob(file, knob, value), `knob:${knob}`);
  }

  /** Turns a knob from an instant of the run on. */
  turnKnobFrom(knob: Knob, value: number, atMicros: Micros): void {
    this.#change((file) => turnFrom(file, knob, value, atMicros), `knob:${knob}:${atMicros}`);
  }

  removeLiveEntry(entry: LiveEntry): void {
    this.#change((file) => withoutEntry(file, entry), undefined);
  }

  /** The next edit is a step of its own, whatever its group: called when a drag ends or the editor loses focus. */
  endGroup(): void {
    this.#group = undefined;
  }

  undo(): void {
    const [past, future] = untrack(() => [this.#past, [this.#file, ...this.#future]]);
    const previous = past.at(-1);
    if (previous && untrack(() => this.canUndo)) this.#become(previous, past.slice(0, -1), future, 'edited');
    this.#group = undefined;
  }

  redo(): void {
    const [past, future] = untrack(() => [[...this.#past, this.#file], this.#future]);
    const [next, ...rest] = future;
    if (next && untrack(() => this.canRedo)) this.#become(next, past, rest, 'edited');
    this.#group = undefined;
  }

  /** The device has kept this file; a newer edit stays dirty. */
  markSaved(file: JsonRecord): void {
    this.#savedFile = file;
  }

  /** The same file under another name: a visit that becomes the learner's own. */
  rename(identity: DocumentIdentity): void {
    this.#identity = identity;
    this.#savedFile = undefined;
  }

  /** Calls back after each change, outside of any effect. Returns the way to stop. */
  onChange(listener: (change: DocumentChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Untracked: an effect that edits does not become a reader of what it edits. */
  #change(next: (file: JsonRecord) => JsonRecord, group: string | undefined): void {
    const [file, past, readOnly] = untrack(() => [this.#file, this.#past, this.#readOnly] as const);
    const changed = readOnly ? file : next(file);
    if (changed === file) return;
    const joins = group !== undefined && group === this.#group && past.length > 0;
    this.#group = group;
    this.#become(changed, joins ? past : [...past, file].slice(-UNDO_STEPS), [], 'edited');
  }

  #become(file: JsonRecord, past: readonly JsonRecord[], future: readonly JsonRecord[], change: DocumentChange): void {
    this.#file = file;
    this.#past = past;
    this.#future = future;
    untrack(() => this.#listeners.forEach((listener) => listener(change)));
  }
}

function textsOf(file: JsonRecord): Readonly<Record<string, string>> {
  if (!isRecord(file['files'])) return {};
  return Object.fromEntries(Object.entries(file['files']).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
