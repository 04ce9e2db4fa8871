/** Examples by words of the field that stand neither in their names nor in what is said of them: who knows the word finds the example. */
export interface FieldWords {
  /** The words themselves are texts: `examples.words.<id>`, separated by commas. */
  readonly id: string;
  /** File names of the examples that show what the words mean. */
  readonly names: readonly string[];
}

export const FIELD_WORDS: readonly FieldWords[] = [
  { id: 'asynchronous', names: ['five-carriages', 'event-loop', 'request-reply', 'crash-and-restart'] },
  { id: 'backlog', names: ['last-in-first-out', 'ramp', 'mm1', 'grpc-deadline', 'load-shedding'] },
  { id: 'backpressure', names: ['block-the-producer', 'streams', 'http2-flow-control'] },
  { id: 'bounded', names: ['mm1k', 'block-the-producer', 'load-shedding', 'erlang-b'] },
  { id: 'backoff', names: ['retry-storm', 'same-row', 'retry-amplification', 'breaker-of-your-own'] },
  { id: 'cascade', names: ['bulkhead', 'circuit-breaker', 'retry-storm', 'retry-amplification'] },
  { id: 'cache', names: ['consistent-hash', 'cold-start'] },
  { id: 'concurrency', names: ['event-loop', 'competing-consumers', 'mm10', 'same-row'] },
  { id: 'consumerGroup', names: ['consumer-rebalance', 'log-partitions', 'replay', 'pub-sub'] },
  { id: 'deadLetter', names: ['dead-letters'] },
  {
    id: 'delivery',
    names: ['consumer-rebalance', 'outbox', 'idempotency-key', 'idempotent-retries', 'leader-failover', 'competing-consumers'],
  },
  { id: 'breaker', names: ['circuit-breaker', 'breaker-of-your-own', 'retry-storm'] },
  { id: 'idempotent', names: ['idempotency-key', 'idempotent-retries', 'leader-failover', 'outbox'] },
  { id: 'kafka', names: ['log-partitions', 'consumer-rebalance', 'replay', 'leader-failover', 'pub-sub', 'five-carriages'] },
  { id: 'rabbit', names: ['competing-consumers', 'dead-letters', 'priority-queue', 'request-reply', 'block-the-producer'] },
  { id: 'balancer', names: ['load-balancing', 'power-of-two', 'health-checks', 'consistent-hash', 'replicas'] },
  { id: 'limit', names: ['rate-limit', 'who-may-ask', 'load-shedding'] },
  { id: 'multiplexing', names: ['http1-vs-http2', 'head-of-line-blocking', 'five-carriages'] },
  { id: 'replication', names: ['leader-failover'] },
  { id: 'sharding', names: ['consistent-hash', 'log-partitions'] },
  { id: 'tail', names: ['fan-out-tail', 'hedging', 'power-of-two', 'head-of-line-blocking'] },
  { id: 'timeout', names: ['grpc-deadline', 'circuit-breaker', 'request-reply', 'retry-storm', 'health-checks'] },
  { id: 'tracing', names: ['observed-orders'] },
  { id: 'transaction', names: ['saga', 'outbox', 'same-row'] },
  { id: 'utilization', names: ['mm1', 'mm10', 'md1', 'mg1', 'ramp', 'closed-network'] },
  { id: 'security', names: ['tampered-orders', 'replayed-payments', 'who-may-ask'] },
];

/** The ids of the words that an example is also found by. */
export function fieldWordsOf(example: string): readonly string[] {
  return FIELD_WORDS.filter(({ names }) => names.includes(example)).map(({ id }) => id);
}
