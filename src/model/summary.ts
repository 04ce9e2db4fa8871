/** The numbers of one run, as `async-lab run --json` prints them: times in ms, rates per second, shares from 0 to 1. */
import type { AttackActName } from './attackers/attacker';
import type { LogLevelName } from './log-level';
import type { PolicyActName } from './trace';

export interface RunSummary {
  readonly title: string;
  readonly variant: string | null;
  readonly seed: number;
  readonly digest: string;
  readonly events: number;
  readonly durationMs: number;
  readonly requests: RequestsSummary;
  readonly components: Readonly<Record<string, ComponentSummary>>;
  /** Each service with replicas, all of them together; the replicas by themselves are among the components. */
  readonly replicated: Readonly<Record<string, ReplicatedSummary>>;
  readonly links: readonly LinkSummary[];
  readonly policies: readonly PolicySummary[];
  /** What handlers measured, in the order of their first values. */
  readonly metrics: readonly MetricSummary[];
  /** In the order of the file; over the whole run. */
  readonly alerts: readonly AlertSummary[];
  /** Spans kept, and those for which there was no room any more. */
  readonly spans: { readonly recorded: number; readonly dropped: number };
  readonly log: LogSummary;
  readonly attackers: readonly AttackerSummary[];
  /** Broken invariants of the simulator: each is a bug of ours and names the seed that shows it. */
  readonly violations: readonly string[];
}

/** Lines that handlers wrote, by level, and those of them for which there was no room any more. */
export type LogSummary = Readonly<Record<LogLevelName | 'dropped', number>>;

/** One attacker of the scenario. */
export interface AttackerSummary {
  readonly attacker: string;
  /** Whose words to whom pass through their hands. */
  readonly from: string;
  readonly to: string;
  /** Requests, replies and messages that passed, those of them that they could read, and the bytes of their bodies. */
  readonly overheard: number;
  readonly read: number;
  readonly bytesRead: number;
  readonly acts: Readonly<Record<AttackActName, AttackTally>>;
}

/** Of one kind of act: those not decided yet are neither accepted nor refused. */
export interface AttackTally {
  readonly tried: number;
  /** A handler ended well with what came of it, or whoever asked got it for an answer. */
  readonly accepted: number;
  /** Noticed by TLS, turned away, or answered with an error. */
  readonly refused: number;
}

/** Over the requests that start after the warm-up, those of clients in the background left out. Means of nothing are null. */
export interface RequestsSummary {
  readonly N: number;
  readonly Ns: number;
  readonly failed: number;
  readonly failures: Readonly<Record<string, number>>;
  readonly inFlight: number;
  /** Ns over the decided requests. */
  readonly R: number | null;
  /** Requests completed in the window over the window. */
  readonly QPerSecond: number;
  readonly T: {
    readonly meanMs: number | null;
    readonly p50Ms: number | null;
    readonly p95Ms: number | null;
    readonly p99Ms: number | null;
    readonly TrMs: number | null;
    readonly TdMs: number | null;
    readonly TsMs: number | null;
    readonly TpMs: number | null;
  };
  readonly accepted: { readonly N: number; readonly QPerSecond: number; readonly meanMs: number | null };
  readonly heldMeanMs: number | null;
}

export type ComponentSummary = ClientSummary | ServiceSummary | QueueSummary | BalancerSummary | StoreSummary | TopicSummary;

interface StationSummary {
  readonly arrivals: number;
  readonly completions: number;
  /** Turned away: a full line or queue, a component that is down, a damaged message. */
  readonly refused: number;
  /** Lost with a crash. */
  readonly abandoned: number;
  readonly meanWaiting: number;
  readonly meanInSystem: number;
  readonly meanWaitMs: number | null;
  readonly meanSojournMs: number | null;
}

export interface ClientSummary {
  readonly kind: 'client';
  /** Its requests are no part of `requests`: no user waits for them. */
  readonly background: boolean;
  readonly started: number;
  readonly ended: number;
  readonly meanOpen: number;
}

export interface ServiceSummary extends StationSummary {
  readonly kind: 'service';
  readonly utilization: number;
}

/** Sums over the replicas, and means over all that came to any of them. */
export interface ReplicatedSummary extends StationSummary {
  readonly replicas: number;
  /** Of all their workers. */
  readonly utilization: number;
}

export interface StoreSummary extends StationSummary {
  readonly kind: 'store';
  readonly utilization: number;
  /** Transactions and compare-and-sets. */
  readonly committed: number;
  readonly aborted: number;
}

export interface QueueSummary extends StationSummary {
  readonly kind: 'queue';
  readonly redelivered: number;
  readonly dropped: number;
  readonly expired: number;
  readonly deadLettered: number;
  /** Publishes that found it full and waited for a place, and for how long any waited. */
  readonly blocked: number;
  readonly blockedMs: number;
  readonly depthAtEnd: number;
}

/** Requests handed on, the replies handed back, and those refused: no backend was healthy, or the rate limit let no more through. */
export interface BalancerSummary {
  readonly kind: 'balancer';
  readonly arrivals: number;
  readonly completions: number;
  readonly refused: number;
  readonly abandoned: number;
  /** Requests under way behind it, on average. */
  readonly meanInSystem: number;
  readonly meanSojournMs: number | null;
}

/** One policy of one component, for its calls to one service or for what arrives there. */
export interface PolicySummary {
  /** Its name in the scenario, and the machine that runs it. */
  readonly policy: string;
  readonly machine: string;
  /** The component that has it, and the service at the other end; null when it is about what arrives. */
  readonly of: string;
  readonly to: string | null;
  /** How often it did what. */
  readonly acts: Readonly<Record<PolicyActName, number>>;
  /** Share of the time in each state of its machine. */
  readonly shares: Readonly<Record<string, number>>;
}

/** Values and limits in ms for times, per second for rates, otherwise as they are. */
export interface AlertSummary {
  readonly alert: string;
  readonly of: string | null;
  /** Of handlers; null for what the run measures by itself. */
  readonly metric: string | null;
  readonly measure: string;
  readonly bound: 'above' | 'below';
  readonly limit: number;
  /** How often it fired, and for how long in all. */
  readonly times: number;
  readonly firingMs: number;
  /** The first of them, and the last. */
  readonly firings: readonly { readonly atMs: number; readonly untilMs: number | null; readonly value: number }[];
}

/** A metric of one component, over the window. Of nothing, null. */
export type MetricSummary = { readonly metric: string; readonly of: string } & (
  | { readonly kind: 'counter'; readonly total: number; readonly perSecond: number }
  | {
      readonly kind: 'gauge';
      /** Over the time since its first value. */
      readonly mean: number | null;
      readonly min: number | null;
      readonly max: number | null;
      readonly last: number | null;
    }
  | {
      readonly kind: 'histogram';
      readonly count: number;
      readonly mean: number | null;
      readonly p50: number | null;
      readonly p95: number | null;
      readonly p99: number | null;
      readonly max: number | null;
    }
);

export interface TopicSummary {
  readonly kind: 'topic';
  /** Messages that reached it. */
  readonly arrivals: number;
  readonly appended: number;
  readonly expired: number;
  /** Publishes that were refused, those that were tried again, and those that had come before and were dropped. */
  readonly refused: number;
  readonly retried: number;
  readonly duplicatesDropped: number;
  /** Leaders elected after others; records that a new leader did not have, and of those the ones whose publisher had been told they are kept. */
  readonly elections: number;
  readonly truncated: number;
  readonly acknowledgedLost: number;
  /** Records kept at the end. */
  readonly kept: number;
  readonly partitions: readonly { readonly appended: number; readonly startOffset: number; readonly endOffset: number }[];
  readonly groups: Readonly<Record<string, GroupSummary>>;
}

/** What one group made of a topic, over all partitions. */
export interface GroupSummary {
  /** Records handed to its services, and how many of them it had been handed before. */
  readonly delivered: number;
  readonly redelivered: number;
  /** Handlers that ended well, and records given up because theirs threw too often. */
  readonly handled: number;
  readonly passedOver: number;
  /** At the end: records after the committed offsets (what Kafka calls lag), and those after the last one handled. */
  readonly lag: number;
  readonly behind: number;
  /** Rebalances that came to their end, and how long they took together. */
  readonly rebalances: number;
  readonly rebalancingMs: number;
  /** How long nobody read a partition, on average over the partitions. */
  readonly unreadMs: number;
  /** Records that nobody has handled when a new reader began after them: committed too early, or expired. */
  readonly skipped: number;
  /** Records handed to a member that had lost their partition and did not know it; and its and others' commits that were refused. */
  readonly strays: number;
  readonly commitsRefused: number;
  /** From appended to handed over, and to handled. */
  readonly meanWaitMs: number | null;
  readonly meanHandledMs: number | null;
}

export interface LinkSummary {
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  readonly delivered: number;
  readonly lost: number;
  /** Taken off a connection because nobody waited any more, or with a connection that died. */
  readonly cancelled: number;
  /** Copies that went on the way beside their originals. */
  readonly duplicated: number;
  /** Of those delivered: damaged, and turned away for it. */
  readonly corrupted: number;
  readonly inFlight: number;
  /** Of the frames sent on its connections, with their headers and those of HTTP; without those of TLS and TCP. 0 without connections. */
  readonly bytes: number;
  /** Frames, and what else connections carry piece by piece. */
  readonly frames: number;
  /** Connections that were begun this way since the run began, and handshakes of TLS on them. */
  readonly connections: number;
  readonly tlsHandshakes: number;
  /** Share of the bandwidth that the bytes took, 0 to 1, without what TCP sends again after a loss; null without a bandwidth or connections. */
  readonly bandwidthUtilization: number | null;
}
