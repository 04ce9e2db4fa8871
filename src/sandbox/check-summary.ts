/** The shape of a run's summary, as it comes out of the sandbox. */
import * as v from 'valibot';
import { ATTACK_ACT_NAMES } from '../model/attackers/attacker';
import { LIMITS } from '../model/limits';
import { LOG_LEVELS } from '../model/log-level';
import { POLICY_ACT_NAMES } from '../model/trace';
import { count, finite, list, record, shortText, text, variantName } from './check-basics';

/** Averages may be of nothing. */
const mean = v.nullable(finite);
const VIOLATIONS_MAX = 1_000;
const FAILURE_KINDS_MAX = 64;
const STATES_MAX = 1_000;

const requests = v.strictObject({
  N: count,
  Ns: count,
  failed: count,
  failures: record(count, FAILURE_KINDS_MAX),
  inFlight: count,
  R: mean,
  QPerSecond: finite,
  T: v.strictObject({ meanMs: mean, p50Ms: mean, p95Ms: mean, p99Ms: mean, TrMs: mean, TdMs: mean, TsMs: mean, TpMs: mean }),
  accepted: v.strictObject({ N: count, QPerSecond: finite, meanMs: mean }),
  heldMeanMs: mean,
});

const station = {
  arrivals: count,
  completions: count,
  refused: count,
  abandoned: count,
  meanWaiting: finite,
  meanInSystem: finite,
  meanWaitMs: mean,
  meanSojournMs: mean,
};

const component = v.variant('kind', [
  v.strictObject({ kind: v.literal('client'), background: v.boolean(), started: count, ended: count, meanOpen: finite }),
  v.strictObject({ kind: v.literal('service'), ...station, utilization: finite }),
  v.strictObject({ kind: v.literal('store'), ...station, utilization: finite, committed: count, aborted: count }),
  v.strictObject({
    kind: v.literal('queue'),
    ...station,
    redelivered: count,
    dropped: count,
    expired: count,
    deadLettered: count,
    blocked: count,
    blockedMs: finite,
    depthAtEnd: count,
  }),
  v.strictObject({
    kind: v.literal('balancer'),
    arrivals: count,
    completions: count,
    refused: count,
    abandoned: count,
    meanInSystem: finite,
    meanSojournMs: mean,
  }),
  v.strictObject({
    kind: v.literal('topic'),
    arrivals: count,
    appended: count,
    expired: count,
    refused: count,
    retried: count,
    duplicatesDropped: count,
    elections: count,
    truncated: count,
    acknowledgedLost: count,
    kept: count,
    partitions: list(v.strictObject({ appended: count, startOffset: count, endOffset: count }), LIMITS.partitions),
    groups: record(
      v.strictObject({
        delivered: count,
        redelivered: count,
        handled: count,
        passedOver: count,
        lag: count,
        behind: count,
        rebalances: count,
        rebalancingMs: finite,
        unreadMs: finite,
        skipped: count,
        strays: count,
        commitsRefused: count,
        meanWaitMs: mean,
        meanHandledMs: mean,
      }),
      LIMITS.groups + LIMITS.components,
    ),
  }),
]);

const link = v.strictObject({
  from: shortText,
  to: shortText,
  sent: count,
  delivered: count,
  lost: count,
  cancelled: count,
  duplicated: count,
  corrupted: count,
  inFlight: count,
  bytes: count,
  frames: count,
  connections: count,
  tlsHandshakes: count,
  bandwidthUtilization: mean,
});

const policy = v.strictObject({
  policy: shortText,
  machine: shortText,
  of: shortText,
  to: v.nullable(shortText),
  acts: v.strictObject(v.entriesFromList(POLICY_ACT_NAMES, count)),
  shares: record(finite, STATES_MAX),
});

const named = { metric: shortText, of: shortText };
const metric = v.variant('kind', [
  v.strictObject({ ...named, kind: v.literal('counter'), total: finite, perSecond: finite }),
  v.strictObject({ ...named, kind: v.literal('gauge'), mean, min: mean, max: mean, last: mean }),
  v.strictObject({ ...named, kind: v.literal('histogram'), count, mean, p50: mean, p95: mean, p99: mean, max: mean }),
]);
const tally = v.strictObject({ tried: count, accepted: count, refused: count });
const attacker = v.strictObject({
  attacker: shortText,
  from: shortText,
  to: shortText,
  overheard: count,
  read: count,
  bytesRead: count,
  acts: v.strictObject(v.entriesFromList(ATTACK_ACT_NAMES, tally)),
});

const alert = v.strictObject({
  alert: shortText,
  of: v.nullable(shortText),
  metric: v.nullable(shortText),
  measure: shortText,
  bound: v.picklist(['above', 'below']),
  limit: finite,
  times: count,
  firingMs: finite,
  firings: list(v.strictObject({ atMs: finite, untilMs: mean, value: finite }), LIMITS.alertFirings),
});

export const runSummary = v.strictObject({
  title: text(LIMITS.titleLength),
  variant: variantName,
  seed: count,
  digest: text(LIMITS.idLength),
  events: count,
  durationMs: finite,
  requests,
  components: record(component, LIMITS.components),
  replicated: record(v.strictObject({ ...station, replicas: count, utilization: finite }), LIMITS.components),
  links: list(link, 2 * LIMITS.links * (1 + LIMITS.attackers)),
  policies: list(policy, 2 * LIMITS.links * LIMITS.policies),
  metrics: list(metric, LIMITS.instruments),
  alerts: list(alert, LIMITS.alerts),
  spans: v.strictObject({ recorded: count, dropped: count }),
  log: v.strictObject(v.entriesFromList([...LOG_LEVELS, 'dropped'], count)),
  attackers: list(attacker, LIMITS.attackers),
  violations: list(shortText, VIOLATIONS_MAX),
});
