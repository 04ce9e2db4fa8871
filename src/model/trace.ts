/**
 * The trace: the one language between the simulator, the metrics and the views. Columns of typed arrays in chunks that can be
 * transferred between threads. Times and durations are µs in doubles (exact up to 2⁵³).
 */
import type { ComponentKind } from './component-kind';
import type { ConnectionState } from './connection-state';
import type { HttpSettings } from './kinds/connection';
import type { LogLevelName } from './log-level';
import { LOG_RECORDS } from './log-records';
import type { Micros } from './time';

/** Records in a chunk. One chunk is also the distance between two keyframes. */
export const CHUNK_RECORDS = 32_768;

/** What a record says. The columns not named keep 0; `request` is the id of the client's request it belongs to. */
export const RecordKind = {
  /** place: client. */
  requestStarted: 1,
  /** place: client. The sender may go on. */
  requestAccepted: 2,
  /** place: client; detail: Outcome; value: T. */
  requestEnded: 3,
  /** place: link way; subject: message; detail: MessageKind; value: the instant it arrives or would arrive, or ARRIVES_LATER. */
  messageSent: 4,
  /** place: link way; subject: message; detail: MessageKind; value: the instant it would have arrived. Written at the sending. */
  messageLost: 5,
  /** place: link way; subject: message; detail: MessageKind; value: the instant it was sent. */
  messageDelivered: 6,
  /** place: service or queue; subject: message; detail: its priority; value: number waiting after it. */
  joined: 7,
  /** place: service or queue; subject: message; detail: Refusal. */
  refused: 8,
  /** place: service; subject: message; detail: worker; value: time it waited. */
  workerTaken: 9,
  /** place: service; subject: message; detail: worker; value: time since it arrived here. */
  workerFreed: 10,
  /** place: service; subject: message; detail: worker; value: the instant the work ends. */
  workStarted: 11,
  /** place: queue; subject: message; detail: how often delivered, this time included; value: time it waited ready. */
  dispatched: 12,
  /** place: queue; subject: message; value: time since it was accepted. */
  acknowledged: 13,
  /** place: queue; subject: message; detail: how often delivered; value: its priority. Back to the queue: a nack, an ack timeout, a crash. */
  returned: 14,
  /** place: queue; subject: message; value: time since it was accepted. Thrown away: oldest of a full queue, or delivered too often. */
  dropped: 15,
  /** place: caller; subject: call; detail: attempt; value: its message, 0 when it is the whole call that is over. */
  timedOut: 16,
  /** place: caller; subject: call; detail: attempt that starts now; value: its message. */
  retried: 17,
  /** place: component; subject: index in the log; detail: LogLevel. */
  logged: 18,
  /** place: component; subject: index in the problems. A handler threw. */
  handlerFailed: 19,
  /** place: component; subject: machine instance; detail: configuration of its chart. */
  stateChanged: 20,
  /** place: part; subject: call or message; detail: PolicyAct. */
  policyActed: 40,
  /** place: queue; subject: message; detail: how often delivered; value: time since it was accepted. Its ttl was over. */
  expired: 21,
  /** place: queue; subject: message; detail: index in DEATH_REASONS; value: time since it was accepted. On its way to another queue. */
  deadLettered: 22,
  /** place: queue; subject: message; value: number blocked after it. A publish met a full queue and is held until there is room. */
  blocked: 23,
  /** place: queue; subject: message; detail: 1 when it is gone, not let in; value: time it was held. */
  unblocked: 24,
  /** place: queue; subject: message; value: the instant it will be ready. It has joined just before. */
  delayed: 25,
  /** place: queue; subject: message; detail: 1 when its time had not come: it is thrown away. */
  delayEnded: 26,
  /** place: balancer; subject: message; detail: index of the backend. Handed on. */
  forwarded: 27,
  /** place: balancer; subject: message; value: time since it came. Its reply is handed back, or nobody waits for it any more. */
  answered: 28,
  /** place: balancer; detail: index of the backend. It gets no more requests. */
  backendOut: 29,
  /** place: balancer; detail: index of the backend. */
  backendBack: 30,
  /** place: service with an event loop; subject: message; detail: worker. Its handler awaits, the worker is free. */
  yielded: 31,
  /** place: service with an event loop; subject: message. What its handler awaited is there; it needs a worker to go on. */
  woken: 32,
  /** place: service with an event loop; subject: message; detail: worker; value: time since it was woken. */
  resumed: 33,
  /** place: store; subject: message; value: keys written. A transaction, or a compare-and-set that found what it expected. */
  committed: 34,
  /** place: store; subject: message. A transaction whose reading no longer stands, or a compare-and-set that found something else. */
  aborted: 35,
  ...LOG_RECORDS,
  /** place: link way; subject: message; detail: MessageKind; value: how many wait, this one included. No connection or stream is free. */
  heldBack: 72,
  /** place: link way; subject: message; detail: MessageKind; value: the instant it was sent. Nobody waits for it any more, or its connection is dead. */
  messageCancelled: 41,
  /** place: link way; subject: message or 0; detail and value: see model/frame. */
  frameSent: 42,
  /** place: link way; subject: message or 0; detail and value: see model/frame. */
  frameReceived: 43,
  /** place: link way; subject: message or 0; value: bytes. */
  segmentLost: 44,
  /** place: link way; subject: message or 0; detail: 1 after a timeout, 0 after duplicate acknowledgements; value: bytes. */
  segmentResent: 45,
  /** place: link way; subject: message; detail: 1 when nobody waits for it any more or its connection is dead; value: time it was held back. */
  letOn: 49,
  /** place: link way of the end that opened it; detail: 1 when it is given up; value: its number there, counted from 1. */
  connectionClosed: 50,
  /**
   * place: link way; subject: message; detail: see model/frame, its type 1 when the window of the connection is used up and 0 when that of
   * the stream is; value: stream. It has bytes to send, and may not; until a frame of the stream goes or it is cancelled.
   */
  windowBlocked: 51,
  /** place: component or link way; subject: index in the list of faults; detail: FaultVerb; value: the instant it ends, −1 for never. */
  faultStarted: 73,
  /** place, subject, detail as in faultStarted. */
  faultEnded: 74,
  /** place: link way; subject: the copy; detail: MessageKind; value: the instant the copy arrives. Written at the sending. */
  messageDuplicated: 75,
  /** place: link way; subject: message; detail: MessageKind. It has been delivered, and its checksum is wrong. */
  messageCorrupted: 76,
  /** place: component; subject: message; detail: MessageKind. It waits at the door: the component is paused, or its process has gone for idleness and starts. */
  heldAtDoor: 77,
  /** place: component; subject: message; detail: MessageKind; value: time it waited at the door. */
  letIn: 46,
  /** place: caller; subject: call; detail: attempt that was refused; value: the pause that the service asks for, −1 for ever. */
  pushedBack: 95,
  /** place: component; subject: index in the spans. */
  spanStarted: 90,
  /** place: component; subject: index in the spans; detail: 1 with an error; value: how long it took. */
  spanEnded: 91,
  /** place: component; subject: index in the instruments; value: what was measured. */
  measured: 92,
  /** place: part; subject: index in the alerts of the scenario; value: what was measured. */
  alertFired: 93,
  /** place: part; subject: index in the alerts of the scenario; value: what was measured, 0 for nothing. */
  alertResolved: 94,
  /** place: service or balancer; subject: message; detail: Abandoned, or worker + 1; value: time since it arrived here. Gone with a crash. */
  abandoned: 47,
  /** place: service; detail: which of its versions serves from now on, the first is 1. A deploy has replaced its process. */
  versionServes: 48,
  // An attacker on a way of a link. Details are its index in the scenario's list of attackers, subjects messages, or 0 when nobody sees one.
  /** place: link way; value: bytes of the body that the attacker has read, −1 when all that shows is that something passes. */
  overheard: 56,
  /** place: link way; value: AttackAct. */
  attacked: 57,
  /** place: link way; value: AttackAct. Whoever got it has taken it for what it seems. */
  attackAccepted: 58,
  /** place: link way; value: AttackAct. Whoever got it has noticed, or answered with an error. */
  attackRefused: 59,
} as const;
export type RecordKind = (typeof RecordKind)[keyof typeof RecordKind];
/** Where a crash found what it took, if no worker had it: in the line; or with a handler on an event loop that awaited, or could go on. */
export const Abandoned = { waiting: 0, awaiting: 65_534, woken: 65_535 } as const;
/** Why something was refused: the line or the queue is full, the component is down, the message is damaged, nobody proves who asks, who asks may not. */
export const Refusal = { full: 0, down: 1, damaged: 2, unauthenticated: 3, denied: 4 } as const;
export type Refusal = (typeof Refusal)[keyof typeof Refusal];
/** Kinds of records, and one more since they count from 1. */
export const RECORD_KINDS = Math.max(...Object.values(RecordKind)) + 1;

/** On a connection, nobody knows at the sending when a message will be there. */
export const ARRIVES_LATER = -1;

export const MessageKind = {
  request: 0,
  reply: 1,
  message: 2,
  confirm: 3,
  ack: 4,
  nack: 5,
  probe: 6,
  probeReply: 7,
  cancel: 8,
  /** A consumer asks a topic for what follows an offset. */
  fetch: 9,
  /** What a topic answers to a fetch: one record or many. */
  records: 10,
  /** A consumer says from where its group would go on. */
  commit: 11,
  /** A member of a group lives; it wants to be in the next generation; it wants its partitions; it leaves. */
  heartbeat: 12,
  joinGroup: 13,
  syncGroup: 14,
  leaveGroup: 15,
  /** What the coordinator of a group answers to any of the four. */
  groupAnswer: 16,
  /** One of the messages of a streaming call: from its caller, and back to it. */
  part: 17,
  replyPart: 18,
} as const;
/** What a policy did to a call or a message. */
export const PolicyAct = { refused: 0, hedged: 1, held: 2, replayed: 3 } as const;
export type PolicyAct = (typeof PolicyAct)[keyof typeof PolicyAct];
export type PolicyActName = keyof typeof PolicyAct;
export const POLICY_ACT_NAMES = Object.keys(PolicyAct) as readonly PolicyActName[];

export type MessageKind = (typeof MessageKind)[keyof typeof MessageKind];

/** Why a message became a dead letter, by RabbitMQ's names (rabbitmq.com, "Dead Letter Exchanges": `x-death`, field `reason`). */
export const DEATH_REASONS = ['rejected', 'expired', 'maxlen', 'delivery_limit'] as const;
export type DeathReason = (typeof DEATH_REASONS)[number];

export interface TraceChunk {
  /** Index of the first record in the whole run. */
  readonly first: number;
  readonly count: number;
  readonly time: Float64Array<ArrayBuffer>;
  readonly value: Float64Array<ArrayBuffer>;
  readonly request: Int32Array<ArrayBuffer>;
  readonly subject: Int32Array<ArrayBuffer>;
  readonly place: Uint16Array<ArrayBuffer>;
  readonly detail: Uint16Array<ArrayBuffer>;
  readonly kind: Uint8Array<ArrayBuffer>;
}

/** Where the kept part of a trace begins: from here on nothing is missing, and before it there is only what is still open. */
export interface TraceStart {
  /** Time and index of the first record kept; 0 for a trace that is kept whole. */
  readonly micros: Micros;
  readonly record: number;
  /** How many records of each kind are missing at each place: `place * RECORD_KINDS + kind`. Shorter when the rest is 0. */
  readonly missing: Int32Array<ArrayBuffer>;
  /** How the connections of HTTP stand there. */
  readonly connections: readonly ConnectionState[];
}

/** One row for each request, written when it is decided, and at the end of the run for those still in flight. */
export interface RequestChunk {
  readonly first: number;
  readonly count: number;
  readonly request: Int32Array<ArrayBuffer>;
  readonly client: Uint16Array<ArrayBuffer>;
  readonly outcome: Uint8Array<ArrayBuffer>;
  readonly started: Float64Array<ArrayBuffer>;
  /** The instant the sender could go on; −1 when that never came. */
  readonly accepted: Float64Array<ArrayBuffer>;
  readonly ended: Float64Array<ArrayBuffer>;
  /** How long the caller could do nothing else. */
  readonly held: Float64Array<ArrayBuffer>;
  readonly tr: Float64Array<ArrayBuffer>;
  readonly td: Float64Array<ArrayBuffer>;
  readonly ts: Float64Array<ArrayBuffer>;
  readonly tp: Float64Array<ArrayBuffer>;
}

/** A place of the trace: components in the order of the scenario, then each link's way there and way back, then parts as they come to be. */
export type Place =
  | PartPlace
  | { readonly kind: Exclude<ComponentKind, 'topic' | 'client'>; readonly id: string }
  /** In the background: no user waits for its requests, and the formulas do not count them. */
  | { readonly kind: 'client'; readonly id: string; readonly background?: true }
  | TopicPlace
  /** An attacker, at the place of a way of a link. */
  | { readonly kind: 'attacker'; readonly id: string; readonly way: number }
  | LinkPlace;

/** With what its connections are about, where these are of HTTP. */
export interface LinkPlace extends HttpSettings {
  readonly kind: 'link';
  readonly from: string;
  readonly to: string;
  readonly link: number;
  readonly way: 'forth' | 'back';
}

/** A machine that belongs to a component beside its own, such as a policy for its calls to one service. */
export interface PartPlace {
  readonly kind: 'part';
  /** What the scenario calls it. */
  readonly id: string;
  /** Index of the component's place. */
  readonly of: number;
  /** Id of the component at the other end, if it is about one. */
  readonly to: string | undefined;
  readonly role: 'policy' | 'alert';
}

export interface TopicPlace {
  readonly kind: 'topic';
  readonly id: string;
  readonly partitions: number;
  /** Of each partition, on as many brokers; 1 when nothing is replicated. */
  readonly copies: number;
  /** Names of the groups, subscribers in none of them included. */
  readonly groups: readonly string[];
  /** By group: a reader whose place has expired does not go on at the start of what is kept. */
  readonly skipsKept: readonly boolean[];
  /** It is a log; else a record goes to whoever subscribes, and is gone. */
  readonly keeps: boolean;
}

export interface LogLine {
  readonly atMicros: Micros;
  readonly place: number;
  readonly request: number;
  readonly level: LogLevelName;
  readonly text: string;
}
