/** The examples that ship: scenario files of `public/scenarios`, by what they show, in the order of the gallery. */
export interface ExampleGroup {
  /** Key of its heading: `examples.group.<id>`. */
  readonly id: string;
  /** File names without `.json`. Their titles are `examples.<name>`, and what one learns from them `examples.<name>.about`. */
  readonly names: readonly string[];
}

export const EXAMPLES: readonly ExampleGroup[] = [
  { id: 'queueing', names: ['mm1', 'mm10', 'md1', 'mg1', 'mm1k', 'erlang-b', 'closed-network', 'fan-out-tail'] },
  { id: 'services', names: ['event-loop', 'load-balancing', 'replicas', 'rolling-deploy', 'priority-line'] },
  {
    id: 'policies',
    names: [
      'circuit-breaker',
      'bulkhead',
      'rate-limit',
      'load-shedding',
      'hedging',
      'grpc-deadline',
      'retry-budget',
      'retry-amplification',
      'retry-storm',
    ],
  },
  {
    id: 'brokers',
    names: [
      'request-reply',
      'competing-consumers',
      'priority-queue',
      'block-the-producer',
      'dead-letters',
      'pub-sub',
      'log-partitions',
      'replay',
      'consumer-rebalance',
      'leader-failover',
    ],
  },
  { id: 'network', names: ['five-carriages', 'http1-vs-http2', 'head-of-line-blocking', 'http2-flow-control', 'streams'] },
  { id: 'security', names: ['tampered-orders', 'replayed-payments'] },
  { id: 'data', names: ['idempotency-key', 'idempotent-retries', 'outbox', 'saga'] },
  { id: 'faults', names: ['crash-and-restart', 'partition', 'bad-network', 'observed-orders'] },
];
