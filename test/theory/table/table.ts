/** All rows. Their order means nothing: seeds come from names. */
import { BALANCING } from './balancing';
import { BROKERS } from './brokers';
import { CHANCE } from './chance';
import { CLOSED_NETWORKS } from './closed-networks';
import { FAN_OUT } from './fan-out';
import { MANY_WORKERS } from './many-workers';
import { NETWORKS } from './networks';
import { ONE_WORKER } from './one-worker';
import { OTHER_ARRIVALS } from './other-arrivals';
import { PACING } from './pacing';
import { POLICIES } from './policies';
import { QUEUES } from './queues';
import { RELIABILITY } from './reliability';
import { RETRIES } from './retries';
import type { Row } from './row';

export const TABLE: readonly Row[] = [
  ...ONE_WORKER,
  ...MANY_WORKERS,
  ...OTHER_ARRIVALS,
  ...NETWORKS,
  ...CLOSED_NETWORKS,
  ...RELIABILITY,
  ...RETRIES,
  ...FAN_OUT,
  ...POLICIES,
  ...QUEUES,
  ...BROKERS,
  ...BALANCING,
  ...PACING,
  ...CHANCE,
];
