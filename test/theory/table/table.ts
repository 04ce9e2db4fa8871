/** All rows. Their order means nothing: seeds come from names. */
import { ONE_WORKER } from './one-worker';
import type { Row } from './row';

export const TABLE: readonly Row[] = [...ONE_WORKER];
