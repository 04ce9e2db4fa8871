/** What the reader wants to see of the log: it stays while other views are looked at, whichever run is shown. */
import type { LogLevelName } from '../../model/log-level';
import type { Filter } from './sentence';

class LogChoice {
  filter = $state.raw<Filter>('all');
  least = $state.raw<LogLevelName>('debug');
  onlyRequest = $state.raw(false);
  onlyPlace = $state.raw(false);
  text = $state.raw('');

  /** Something is left out because of what was chosen. */
  get narrows(): boolean {
    return this.filter !== 'everything' || this.onlyRequest || this.onlyPlace;
  }

  /** Leaves nothing out; the words stay. */
  widen(): void {
    this.filter = 'everything';
    this.onlyRequest = false;
    this.onlyPlace = false;
  }
}

export const logChoice = new LogChoice();
