/** What the keys of bookmarks and of the loop do, each with a word about it for who cannot see the track. */
import { t } from '../../i18n/t.svelte';
import type { Lab } from '../../state/lab.svelte';
import type { Bookmark } from '../../state/bookmarks.svelte';
import type { KeyCommands } from '../shell/keyboard';
import { clockText } from './time-text';

type MomentCommands = Pick<KeyCommands, 'bookmark' | 'nextBookmark' | 'previousBookmark' | 'loopFromHere' | 'loopToHere' | 'endLoop'>;

export function momentCommands({ playhead, bookmarks, document }: Lab, say: (text: string) => void): MomentCommands {
  const clock = (micros: number): string => clockText(micros, playhead.endMicros);
  const may = (): boolean => !playhead.locked && playhead.endMicros > 0;

  function goTo(bookmark: Bookmark | undefined, none: string): void {
    if (!may()) return;
    if (!bookmark) return say(t(none));
    playhead.pause();
    playhead.seek(bookmark.timeMicros);
    say(t('timeline.bookmarkAt', { at: clock(bookmark.timeMicros), name: bookmark.name }));
  }

  /** @param noRoom why there is nothing to play over and over from here, or to here */
  function changeLoop(change: () => void, noRoom?: string): void {
    if (!may()) return;
    const before = playhead.loop;
    change();
    const { loop } = playhead;
    if (noRoom !== undefined && loop === before) return say(t(noRoom));
    say(loop ? t('moments.loopIs', { from: clock(loop.fromMicros), to: clock(loop.toMicros) }) : t('moments.loopEnded'));
  }

  return {
    bookmark: () => {
      if (!may()) return;
      const { timeMicros } = playhead;
      const { id } = document.identity;
      if (!bookmarks.toggle(id, timeMicros)) return say(t('moments.full'));
      const isSet = bookmarks.of(id).some((bookmark) => bookmark.timeMicros === timeMicros);
      say(t(isSet ? 'moments.set' : 'moments.taken', { at: clock(timeMicros) }));
    },
    nextBookmark: () => goTo(bookmarks.after(document.identity.id, playhead.timeMicros), 'moments.noNext'),
    previousBookmark: () => goTo(bookmarks.before(document.identity.id, playhead.timeMicros), 'moments.noPrevious'),
    loopFromHere: () => changeLoop(() => playhead.loopFromHere(), 'moments.loopNotFromEnd'),
    loopToHere: () => changeLoop(() => playhead.loopToHere(), 'moments.loopNotToStart'),
    endLoop: () => changeLoop(() => playhead.endLoop()),
  };
}
