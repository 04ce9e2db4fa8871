/**
 * What the builder works on: which variant, which components and links are chosen, and every edit as one step of the document. The edits
 * themselves are pure and live in `model/edits`.
 */
import { planOf, type PlanBox } from '../geometry/blueprint';
import { freePlace } from '../geometry/free-place';
import type { ComponentKind } from '../model/component-kind';
import {
  addComponent,
  duplicateComponents,
  nameProblem,
  placeComponents,
  removeComponents,
  renameComponent,
  type Position,
} from '../model/edits/components';
import { addFirstTwo } from '../model/edits/first-two';
import { doesNothing, offerCode, withHandler, type CodeOffer } from '../model/edits/handler-code';
import { connect, linkProblem, removeLinks } from '../model/edits/links';
import { componentsOf, linksOf } from '../model/edits/parts';
import { addVariant, editIn, removeVariant, renameVariant, variantFile, withFilesInBase } from '../model/edits/variants';
import { valueAt, withValue } from '../model/faults/live';
import type { Problem } from '../model/problem';
import { readScenario } from '../model/read-scenario';
import { isRecord, type JsonRecord } from '../model/variant';
import type { DocumentState } from './document.svelte';

export class BuildState {
  readonly #document: DocumentState;
  #variant = $state.raw<string | null>(null);
  #components = $state.raw<ReadonlySet<string>>(new Set());
  #links = $state.raw<ReadonlySet<number>>(new Set());

  constructor(document: DocumentState) {
    this.#document = document;
  }

  /** The variant that is edited; null for the base, and when an undo has taken the variant away. */
  readonly variant: string | null = $derived.by(() =>
    this.#variant !== null && this.#document.variants.includes(this.#variant) ? this.#variant : null,
  );
  /** The scenario as it is in the variant that is edited. */
  readonly scenario: JsonRecord = $derived.by(() =>
    this.variant === null ? this.#document.file : variantFile(this.#document.file, this.variant),
  );
  /** What is wrong with it, with paths as the form has them. */
  readonly problems: readonly Problem[] = $derived.by(() => {
    const read = readScenario(this.scenario, null);
    return read.ok ? [] : read.problems;
  });
  readonly plan: readonly PlanBox[] = $derived.by(() => planOf(this.scenario));
  readonly components: JsonRecord = $derived.by(() => componentsOf(this.scenario));
  readonly links: readonly JsonRecord[] = $derived.by(() => linksOf(this.scenario));

  /** Ids of the chosen components that exist. */
  readonly chosen: readonly string[] = $derived.by(() => [...this.#components].filter((id) => Object.hasOwn(this.components, id)));
  readonly chosenLinks: readonly number[] = $derived.by(() => [...this.#links].filter((index) => index < this.links.length));

  choose(components: Iterable<string>, links: Iterable<number> = []): void {
    const [next, nextLinks] = [new Set(components), new Set(links)];
    if (!sameSet(next, this.#components)) this.#components = next;
    if (!sameSet(nextLinks, this.#links)) this.#links = nextLinks;
  }

  chooseVariant(variant: string | null): void {
    this.#document.endGroup();
    this.#variant = variant;
  }

  /** One edit of the scenario as the variant has it. Edits that follow each other with one `group` are one step back. */
  edit(change: (scenario: JsonRecord) => JsonRecord, group?: string): void {
    this.#document.edit(editIn(this.#document.file, this.variant, change), group);
  }

  valueAt(keys: readonly string[]): unknown {
    return valueAt(this.scenario, keys);
  }

  /** Writes a value at a place, or takes it out. What is typed into one field is one step back. */
  set(keys: readonly string[], value: unknown): void {
    if (JSON.stringify(this.valueAt(keys)) === JSON.stringify(value)) return;
    this.edit(
      (scenario) => {
        const changed = withValue(scenario, keys, value);
        return isRecord(changed) ? changed : scenario;
      },
      `field:${this.variant}:${keys.join('.')}`,
    );
  }

  /** The next edit is a step of its own. */
  endGroup(): void {
    this.#document.endGroup();
  }

  /** Adds a component with its centre there, or where there is room. It is chosen then. Returns its name. */
  add(kind: ComponentKind, at: Position = this.#freePlace(kind)): string {
    const { file, ids } = addComponent(this.#placed(), kind, at);
    this.edit(() => file);
    this.choose(ids);
    return ids[0]!;
  }

  /** A client and a service that it asks, as one step: the service is chosen. */
  addFirstTwo(): void {
    const { file, ids } = addFirstTwo(this.scenario);
    this.edit(() => file);
    this.choose(ids.slice(1));
  }

  /** Takes what is chosen away: components with all that is about them, and links. */
  remove(): void {
    const [components, links] = [new Set(this.chosen), new Set(this.chosenLinks)];
    if (components.size + links.size === 0) return;
    this.edit((scenario) => removeComponents(removeLinks(scenario, links), components));
    this.choose([]);
  }

  duplicate(): void {
    if (this.chosen.length === 0) return;
    const { file, ids } = duplicateComponents(this.#placed(), new Set(this.chosen));
    this.edit(() => file);
    this.choose(ids);
  }

  /** Why these two cannot be joined; undefined when they can. */
  linkProblem(from: string, to: string): Problem | undefined {
    return linkProblem(this.scenario, from, to);
  }

  /** Joins two components and chooses the link, or says why that makes no sense. */
  connect(from: string, to: string): Problem | undefined {
    const reason = this.linkProblem(from, to);
    if (reason) return reason;
    // A client that does nothing yet has nothing to lose: it gets the code that it needs in the same step.
    const joined = connect(this.scenario, from, to);
    const written = doesNothing(joined, from) ? offerCode(joined, from, to)?.scenario : undefined;
    this.#editWithFiles(() => written ?? joined);
    this.choose([], [this.links.length - 1]);
    return undefined;
  }

  /** The code that a link needs to be used; undefined when there is nothing to add. */
  codeFor(link: number): CodeOffer | undefined {
    const { from, to } = this.links[link] ?? {};
    return typeof from === 'string' && typeof to === 'string' ? offerCode(this.scenario, from, to, this.variant !== null) : undefined;
  }

  hasFile(name: string): boolean {
    return Object.hasOwn(this.#document.files, name);
  }

  /** The code that does what the form of a component says; undefined when it has code. */
  codeInstead(id: string): CodeOffer | undefined {
    return withHandler(this.scenario, id);
  }

  /** Takes an offer as one step. */
  writeCode(offer: CodeOffer): void {
    this.endGroup();
    this.#editWithFiles(() => offer.scenario);
    this.endGroup();
  }

  /** Moves the chosen components by this much; moves in a row are one step back. */
  move(dx: number, dy: number): void {
    const chosen = new Set(this.chosen);
    this.place(
      new Map(this.plan.flatMap(({ id, x, y }) => (chosen.has(id) ? [[id, [x + dx, y + dy] as const]] : []))),
      `move:${this.chosen.join()}`,
    );
  }

  /** Writes where components stand. The others keep their place, too: what is placed by hand does not push them around. */
  place(positions: ReadonlyMap<string, Position>, group?: string): void {
    if (positions.size === 0) return;
    const placed = this.#placed();
    const moved = placeComponents(placed, positions);
    if (moved !== placed) this.edit(() => moved, group);
  }

  /** Why a component cannot be called that; undefined when it is done. `unsure`: files that may still mean the old name. */
  rename(old: string, name: string): { readonly problem?: Problem | undefined; readonly unsure: readonly string[] } {
    const reason = nameProblem(this.scenario, old, name);
    if (reason || old === name) return { problem: reason, unsure: [] };
    // A name is the same in the base and in every variant.
    const { file, unsure } = renameComponent(this.#document.file, old, name);
    const chosen = this.chosen.map((id) => (id === old ? name : id));
    this.#document.edit(file);
    this.choose(chosen);
    return { unsure };
  }

  /** The variant says here again what the base says. */
  revert(keys: readonly string[]): void {
    const before = valueAt(this.#document.file, keys);
    this.edit((scenario) => {
      const changed = withValue(scenario, keys, before);
      return isRecord(changed) ? changed : scenario;
    });
  }

  addVariant(wanted: string): void {
    const { file, name } = addVariant(this.#document.file, wanted);
    this.#document.edit(file);
    this.#variant = name;
  }

  removeVariant(name: string): void {
    this.#document.edit(removeVariant(this.#document.file, name));
  }

  renameVariant(old: string, name: string): void {
    const renamed = renameVariant(this.#document.file, old, name.trim());
    if (renamed === this.#document.file) return;
    this.#document.edit(renamed);
    if (this.#variant === old) this.#variant = name.trim();
  }

  /** The editor shows the files of the base, so that is where new ones belong. */
  #editWithFiles(change: (scenario: JsonRecord) => JsonRecord): void {
    this.#document.edit(withFilesInBase(editIn(this.#document.file, this.variant, change), this.variant));
  }

  #placed(): JsonRecord {
    return placeComponents(this.scenario, new Map(this.plan.map(({ id, x, y }) => [id, [x, y] as const])));
  }

  /** Beside what is chosen, or in a row below, with the room that this kind takes. */
  #freePlace(kind: ComponentKind): Position {
    const { file, ids } = addComponent(this.scenario, kind, [0, 0]);
    const size = planOf(file).find(({ id }) => ids.includes(id))!;
    return freePlace(
      this.plan,
      size,
      this.plan.find(({ id }) => this.chosen.includes(id)),
    );
  }
}

function sameSet<T>(one: ReadonlySet<T>, other: ReadonlySet<T>): boolean {
  return one.size === other.size && [...one].every((item) => other.has(item));
}
