/** All rows. Their order means nothing: seeds come from names. */
import { MANY_WORKERS } from './many-workers';
import { NETWORKS } from './networks';
import { ONE_WORKER } from './one-worker';
import { OTHER_ARRIVALS } from './other-arrivals';
import type { Row } from './row';

export const TABLE: readonly Row[] = [...ONE_WORKER, ...MANY_WORKERS, ...OTHER_ARRIVALS, ...NETWORKS];
