/** What the reader looks at: tabs, files, components, and the delay part that is lit everywhere at once. */
import { SightState } from './sight.svelte';

const TIMELINE_TABS = ['faults', 'spaceTime', 'charts', 'theory', 'machine', 'log', 'requests', 'compare', 'observed'] as const;
export type TimelineTab = (typeof TIMELINE_TABS)[number];
export type Pane = 'lesson' | 'stage' | 'timeline' | 'code';
export type DelayPart = 'Tr' | 'Td' | 'Ts' | 'Tp';

/** A place in the code. `serial` grows, so that asking twice for one place reveals it twice. */
export interface CodePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly serial: number;
}

export class SelectionState {
  /** The stretch of time that the views show. */
  readonly sight = new SightState();
  #tab = $state.raw<TimelineTab>('spaceTime');
  /** The one pane that a phone shows. */
  #pane = $state.raw<Pane>('lesson');
  #file = $state.raw<string>();
  #lane = $state.raw(0);
  #place = $state.raw<number>();
  #request = $state.raw<number>();
  /** What the side of the workbench shows. */
  #side = $state.raw<'form' | 'code'>('form');
  #hop = $state.raw<number>();
  #presenting = $state.raw(false);
  #part = $state.raw<DelayPart>();
  #codePlace = $state.raw<CodePlace>();

  get tab(): TimelineTab {
    return this.#tab;
  }
  get pane(): Pane {
    return this.#pane;
  }
  get file(): string | undefined {
    return this.#file;
  }
  /** Index of the lane whose details are shown. */
  get lane(): number {
    return this.#lane;
  }
  /** Index in the lane's `places`. */
  get place(): number | undefined {
    return this.#place;
  }
  /** Id of the client's request. */
  get request(): number | undefined {
    return this.#request;
  }
  /** Place in the story of the request. */
  get hop(): number | undefined {
    return this.#hop;
  }
  get side(): 'form' | 'code' {
    return this.#side;
  }
  /** The presenter's view is open: large, and nothing to change by accident. */
  get presenting(): boolean {
    return this.#presenting;
  }
  get part(): DelayPart | undefined {
    return this.#part;
  }
  get codePlace(): CodePlace | undefined {
    return this.#codePlace;
  }

  showTab(tab: TimelineTab): void {
    this.#tab = tab;
  }
  showPane(pane: Pane): void {
    this.#pane = pane;
  }
  showFile(file: string): void {
    this.#file = file;
  }
  showSide(side: 'form' | 'code'): void {
    this.#side = side;
  }
  present(presenting: boolean): void {
    this.#presenting = presenting;
  }
  selectPlace(lane: number, place: number | undefined): void {
    this.#lane = lane;
    this.#place = place;
  }
  selectRequest(lane: number, request: number | undefined): void {
    this.#lane = lane;
    this.#request = request;
    this.#hop = undefined;
  }
  selectHop(hop: number): void {
    this.#hop = hop;
  }
  lightPart(part: DelayPart | undefined): void {
    this.#part = part;
  }

  /** Opens a file at a place. Lines and columns count from 1. */
  revealCode(file: string, line: number, column: number): void {
    this.#file = file;
    this.#pane = 'code';
    this.#side = 'code';
    this.#codePlace = { file, line, column, serial: (this.#codePlace?.serial ?? 0) + 1 };
  }

  /** A tab that was kept, if there is such a tab. */
  restoreTab(kept: unknown): void {
    this.#tab = knownTab(kept) ?? this.#tab;
  }

  /** What a link says of it: `tab=machine&place=2`. The lane is named by its variant, elsewhere in the link. */
  get words(): string {
    const { tab, file, place, request } = this;
    const said = Object.entries({ tab, file, place, request }).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, String(value)]],
    );
    return new URLSearchParams(said).toString();
  }

  /** Selects in a lane what a link says. Words that mean nothing here are passed over. */
  restore(lane: number, words: string): void {
    const said = new URLSearchParams(words);
    const index = (key: string): number | undefined => (/^\d{1,9}$/.test(said.get(key) ?? '') ? Number(said.get(key)) : undefined);
    this.#lane = lane;
    this.#tab = knownTab(said.get('tab')) ?? this.#tab;
    this.#file = said.get('file') ?? undefined;
    this.#place = index('place');
    this.#request = index('request');
  }

  /** Another document: nothing of the old one stays selected. */
  clear(): void {
    this.#file = undefined;
    this.#lane = 0;
    this.#place = undefined;
    this.#request = undefined;
    this.#hop = undefined;
    this.#codePlace = undefined;
    this.sight.letGo();
  }
}

function knownTab(word: unknown): TimelineTab | undefined {
  return TIMELINE_TABS.find((tab) => tab === word);
}
