/** The examples that ship: scenario files of `public/scenarios`, by what they show, in the order of the gallery. */
export interface ExampleGroup {
  /** Key of its heading: `examples.group.<id>`. */
  readonly id: string;
  /** File names without `.json`. Their titles are `examples.<name>`, and what one learns from them `examples.<name>.about`. */
  readonly names: readonly string[];
}

export const EXAMPLES: readonly ExampleGroup[] = [
  { id: 'calls', names: ['event-loop', 'fan-out-tail', 'priority-line', 'last-in-first-out'] },
  { id: 'queues', names: ['request-reply', 'competing-consumers', 'priority-queue', 'block-the-producer', 'dead-letters'] },
  { id: 'logs', names: ['pub-sub', 'log-partitions', 'replay', 'consumer-rebalance', 'leader-failover'] },
  {
    id: 'http',
    names: [
      'five-carriages',
      'http1-vs-http2',
      'header-compression',
      'head-of-line-blocking',
      'http2-flow-control',
      'streams',
      'grpc-deadline',
      'grpc-retries',
    ],
  },
  {
    id: 'policies',
    names: [
      'circuit-breaker',
      'breaker-of-your-own',
      'bulkhead',
      'rate-limit',
      'load-shedding',
      'hedging',
      'retry-budget',
      'retry-amplification',
      'retry-storm',
    ],
  },
  {
    id: 'balancing',
    names: ['load-balancing', 'power-of-two', 'health-checks', 'consistent-hash', 'replicas', 'rolling-deploy', 'cold-start'],
  },
  { id: 'faults', names: ['crash-and-restart', 'partition', 'bad-network'] },
  { id: 'data', names: ['idempotency-key', 'idempotent-retries', 'outbox', 'saga', 'same-row', 'clock-skew'] },
  { id: 'security', names: ['tampered-orders', 'replayed-payments', 'who-may-ask'] },
  { id: 'observability', names: ['observed-orders'] },
  { id: 'queueing', names: ['mm1', 'mm10', 'md1', 'mg1', 'mm1k', 'erlang-b', 'closed-network', 'ramp'] },
];
