/** Every view, dialog and error state that a picture is taken of, and how one gets there. */
import { BENCH_VIEWS } from './bench-views';
import { DIALOG_VIEWS } from './dialog-views';
import { EDITOR_VIEWS } from './editor-views';
import { LESSON_VIEWS } from './lesson-views';
import { PANE_VIEWS } from './pane-views';
import { TAB_VIEWS } from './tab-views';
import { TROUBLE_VIEWS } from './trouble-views';
import type { View } from './view';
import { WORK_VIEWS } from './work-views';

export const VIEWS: readonly View[] = [
  ...LESSON_VIEWS,
  ...EDITOR_VIEWS,
  ...TAB_VIEWS,
  ...PANE_VIEWS,
  ...DIALOG_VIEWS,
  ...WORK_VIEWS,
  ...BENCH_VIEWS,
  ...TROUBLE_VIEWS,
];
