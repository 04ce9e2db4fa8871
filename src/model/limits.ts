/** Everything has a limit. Meeting one is a problem with its path, a trace record or an error value, never silence. */
import { SECOND } from './time';

export const LIMITS = {
  components: 256,
  links: 1_024,
  faults: 1_000,
  variants: 16,
  files: 32,
  /** Characters in one handler file. */
  fileLength: 100_000,
  titleLength: 200,
  idLength: 64,
  /** One year of virtual time. */
  durationMicros: 366 * 86_400 * SECOND,
  /** The longest delay, work or sleep. */
  delayMicros: 30 * 86_400 * SECOND,
  workers: 10_000,
  /** Of one service. */
  replicas: 64,
  waitingLimit: 10_000_000,
  queueCapacity: 10_000_000,
  partitions: 1_000,
  /** Brokers that keep one topic. */
  brokers: 16,
  groups: 64,
  /** Records of a topic kept in memory, over all its partitions: past it the oldest expire. */
  topicRecords: 500_000,
  /** Records that a consumer takes at a time. */
  maxPoll: 10_000,
  ratePerSecond: 1_000_000,
  users: 100_000,
  prefetch: 100_000,
  /** The highest priority of a message; the lowest is 0. */
  priority: 9,
  /** Publishes that a full queue holds back; more are refused. */
  blockedPublishes: 1_000_000,
  /** Checks or failures in a row that change a balancer's opinion of a backend. */
  healthCounts: 1_000,
  /** Policies of one scenario; calls or time slices that a breaker's window holds; tokens of a bucket; attempts of one call. */
  policies: 32,
  windowCalls: 10_000,
  tokens: 1_000_000,
  attempts: 1_000,
  /** Keys that one service remembers the answers of. */
  idempotencyKeys: 100_000,
  /** Keys of one store, and characters of a key. */
  storeKeys: 1_000_000,
  storeKeyLength: 1_000,
  /** Bytes of a message that a scenario gives instead of code. */
  messageBytes: 2 ** 30,
  /** One terabit per second. */
  bytesPerSecond: 125_000_000_000,
  /** Connections of one link, streams and requests of one connection, retransmissions of one segment before a connection is dead. */
  connections: 1_000,
  connectionStreams: 1_000_000,
  requestsOfConnection: 2 ** 30 - 1,
  retransmissions: 15,
  headerTableBytes: 2 ** 20,
  /** Messages of one stream that wait to be sent. */
  streamWrites: 10_000,
  /** Secrets of one component, and characters of one. */
  secrets: 32,
  secretLength: 1_000,
  attackers: 16,
  /** Copies of one message that an attacker sends. */
  replays: 100,
  seed: 2 ** 32 - 1,
  /** Kernel events of one run on the page; the command line takes `--max-events`. */
  events: 200_000_000,
  /** Events at one instant before a run is said to stand still. */
  eventsAtOneInstant: 1_000_000,
  /** Steps (loop turns and calls) that the handlers of one event may take. */
  steps: 1_000_000,
  /** Requests that may be open at once. */
  openRequests: 5_000_000,
  logLines: 10_000,
  alerts: 64,
  /** The longest window of an alert; values in the windows of one; firings kept of one. */
  alertWindowMicros: 600 * SECOND,
  alertValues: 2_000_000,
  alertFirings: 1_000,
  /** Spans kept of a run, and links of one; metrics of a run, and the size of their values, either way. */
  spans: 20_000,
  spanLinks: 100,
  instruments: 100,
  metricValue: 1_000_000_000,
  logLength: 1_000,
  /** Bytes of trace kept in memory; older chunks are dropped and executed again when asked for. */
  traceBytes: 64 * 1024 * 1024,
  /** Of an audit: seeds; kernel events of one of its runs, past which it is shortened; faults injected, attackers sent; findings. */
  auditSeeds: 10,
  auditEvents: 40_000,
  auditFaults: 60,
  auditAttacks: 60,
  auditFindings: 500,
  /** Characters of what an audit has changed in a scenario to show something. */
  auditChange: 200_000,
  /** Values a handler hands over (bodies, return values): depth, number of nodes, characters of text. */
  valueDepth: 32,
  valueNodes: 10_000,
  valueText: 1_000_000,
} as const;
