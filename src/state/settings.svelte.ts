/** How the page looks and speaks, remembered in this browser. */
import { isLanguage, languageOfBrowser } from '../i18n/languages';
import type { Language } from '../model/lesson';
import { isRecord } from '../model/variant';
import type { Memory } from './memory';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
/** Where the reader is: at a lesson or an example to watch, at the workbench, or at its audits. */
export const AREAS = ['learn', 'build', 'audit'] as const;
export type Area = (typeof AREAS)[number];

/** The panes beside and below the picture, whose sizes (heights and widths in px) are remembered, and whether they are collapsed. */
const SIDE_PANES = ['timeline', 'lesson', 'code', 'parts', 'form'] as const;
export type SidePane = (typeof SIDE_PANES)[number];

/** What a pane may measure, in px. */
const LEAST_PANE_PX = 90;
export const MOST_PANE_PX = 2_000;

const KEY = 'async-lab.settings';
/** So many commands of the palette are offered first, the newest of all before the others. */
const MOST_RECENT = 5;

export class SettingsState {
  #theme = $state.raw<Theme>('system');
  #language = $state.raw<Language>('en');
  #collapsed = $state.raw<readonly SidePane[]>([]);
  #sizes = $state.raw<Readonly<Record<string, number>>>({});
  #area = $state.raw<Area>('learn');
  #tab: unknown;
  #recentCommands = $state.raw<readonly string[]>([]);
  /** Whether the reader has ever said which language to speak, or settled for the one that there was. */
  #isChosen: boolean;
  readonly #memory: Memory;

  /** `wishes` are the browser's languages, most wanted first. */
  constructor(memory: Memory, wishes: readonly string[]) {
    this.#memory = memory;
    const kept = memory.read(KEY);
    const { theme, language, collapsed, sizes, area, tab, recentCommands } = isRecord(kept) ? kept : {};
    this.#theme = THEMES.find((known) => known === theme) ?? 'system';
    this.#isChosen = isLanguage(language);
    this.#language = isLanguage(language) ? language : languageOfBrowser(wishes);
    if (Array.isArray(collapsed)) this.#collapsed = SIDE_PANES.filter((pane) => collapsed.includes(pane));
    this.#area = AREAS.find((known) => known === area) ?? 'learn';
    this.#tab = tab;
    if (Array.isArray(recentCommands)) this.#recentCommands = recentCommands.filter((id) => typeof id === 'string').slice(0, MOST_RECENT);
    const isSize = ([, pixels]: [string, unknown]): boolean => typeof pixels === 'number' && pixels > 0;
    if (isRecord(sizes)) this.#sizes = Object.fromEntries(Object.entries(sizes).filter(isSize)) as Record<string, number>;
  }

  get theme(): Theme {
    return this.#theme;
  }
  get language(): Language {
    return this.#language;
  }
  isCollapsed(pane: SidePane): boolean {
    return this.#collapsed.includes(pane);
  }
  /** Pixels that the reader gave to a pane; undefined leaves it to the page. */
  sizeOf(pane: SidePane): number | undefined {
    return this.#sizes[pane];
  }

  get area(): Area {
    return this.#area;
  }

  /** The tab below the stage that was looked at last, whatever was kept. */
  get tab(): unknown {
    return this.#tab;
  }

  /** Ids of the commands that were used last, newest first. */
  get recentCommands(): readonly string[] {
    return this.#recentCommands;
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#keep();
  }
  setLanguage(language: Language): void {
    this.#language = language;
    this.#keep();
  }
  /** The language of a link: for who has not chosen one. */
  suggestLanguage(language: Language): void {
    if (!this.#isChosen) this.#language = language;
  }
  collapse(pane: SidePane, collapsed: boolean): void {
    if (this.isCollapsed(pane) === collapsed) return;
    this.#collapsed = SIDE_PANES.filter((other) => (other === pane ? collapsed : this.isCollapsed(other)));
    this.#keep();
  }
  /** Gives a pane a size in px, or leaves it to the page again. */
  resize(pane: SidePane, pixels: number | undefined): void {
    const others = Object.entries(this.#sizes).filter(([name]) => name !== pane);
    const own = pixels === undefined ? [] : [[pane, Math.round(Math.min(Math.max(pixels, LEAST_PANE_PX), MOST_PANE_PX))] as const];
    this.#sizes = Object.fromEntries([...others, ...own]);
    this.#keep();
  }

  /** Every pane is in sight again, as large as the page would make it. */
  resetPanes(): void {
    this.#collapsed = [];
    this.#sizes = {};
    this.#keep();
  }

  goTo(area: Area): void {
    this.#area = area;
    this.#keep();
  }

  lookedAt(tab: string): void {
    if (this.#tab === tab) return;
    this.#tab = tab;
    this.#keep();
  }

  usedCommand(id: string): void {
    this.#recentCommands = [id, ...this.#recentCommands.filter((other) => other !== id)].slice(0, MOST_RECENT);
    this.#keep();
  }

  #keep(): void {
    this.#isChosen = true;
    const { theme, language, area, recentCommands } = this;
    this.#memory.write(KEY, { theme, language, collapsed: this.#collapsed, sizes: this.#sizes, area, tab: this.#tab, recentCommands });
  }
}
