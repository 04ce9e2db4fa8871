/** What the page itself can do, by whichever way it was asked: a key, a button, the command palette. */
import { language, t } from '../../i18n/t.svelte';
import type { Lab } from '../../state/lab.svelte';
import { askToPersist } from '../../storage/open-storage';
import { addressOf, copyText } from '../share/link-address';
import { momentCommands } from '../timeline/moment-commands';
import { storyCommands } from '../story/story-commands';
import { announcer } from './announcer.svelte';
import type { KeyCommands } from './keyboard';
import { paneAt, toggledText, togglePane, type Side } from './side-panes';

export type DialogName = 'share' | 'keys' | 'work' | 'examples' | 'fidelity' | 'palette' | 'print';

export interface Page {
  readonly keyed: KeyCommands;
  /** Shows one dialog in the place of another. */
  open(dialog: DialogName): void;
  /** Says what was done, on the screen and to a screen reader. */
  say(text: string): void;
  switchLanguage(): Promise<void>;
  /** From a visit to the work that was left for it. */
  backToWork(): void;
  /** Called before something else is opened, so that a reload opens the learner's own work again. */
  leaveLink(): void;
}

export function makePage(lab: Lab, outside: Pick<Page, 'open' | 'say' | 'backToWork'>): Page {
  const { document, playhead, saving, selection, settings } = lab;
  const { open, say, backToWork } = outside;

  async function save(): Promise<void> {
    const copying = lab.link().then((link) => copyText(addressOf(link))); // before the save: browsers allow it only right after the key
    await saving.flush(true);
    void askToPersist(); // asked for at the first work that is worth it; browsers ask the reader once at most
    const copied = await copying;
    if (saving.status !== 'failed') say(t(copied ? 'share.savedAndCopied' : 'share.savedNotCopied'));
  }

  /** In front of an audience nothing is taken back by a slip of the hand. */
  function mayEdit(): boolean {
    if (selection.presenting) say(t('present.locked'));
    return !selection.presenting;
  }

  function toggleSide(side: Side): void {
    const pane = paneAt(lab, side);
    if (!pane) return;
    togglePane(lab, pane);
    announcer.say(toggledText(lab, pane));
  }

  return {
    open,
    say,
    backToWork,
    keyed: {
      palette: () => open('palette'),
      playOrPause: () => (playhead.locked ? say(t('lesson.playWaits')) : playhead.toggle()),
      stepForward: () => playhead.stepForward(),
      stepBack: () => playhead.stepBack(),
      ...momentCommands(lab, say),
      ...storyCommands(lab, say),
      run: () => lab.runNow(),
      save: () => void save(),
      undo: () => mayEdit() && document.canUndo && (document.undo(), say(t('shell.undone'))),
      redo: () => mayEdit() && document.canRedo && (document.redo(), say(t('shell.redone'))),
      leftPane: () => toggleSide('left'),
      paneBelow: () => toggleSide('below'),
      rightPane: () => toggleSide('right'),
      present: () => selection.present(!selection.presenting),
      print: () => open('print'),
      showKeys: () => open('keys'),
    },
    async switchLanguage() {
      const next = language.current === 'en' ? 'zh' : 'en';
      await language.set(next);
      settings.setLanguage(next);
    },
    leaveLink: () => history.replaceState(null, '', window.location.pathname + window.location.search),
  };
}
