/**
 * What the simulator models and what it leaves out, subject by subject. The words are in `i18n` (`fidelity.<id>`, `.is`, `.not`); the page
 * shows them in a dialog, and `public/fidelity.*.md` says the same.
 */
export interface FidelitySubject {
  readonly id: string;
  /** The statecharts that are executed for it, by their names in `machines`. */
  readonly machines: readonly string[];
}

export const FIDELITY: readonly FidelitySubject[] = [
  { id: 'time', machines: [] },
  { id: 'code', machines: [] },
  { id: 'client', machines: ['client'] },
  { id: 'service', machines: ['service', 'worker'] },
  { id: 'replicas', machines: [] },
  { id: 'lifecycle', machines: ['lifecycle'] },
  { id: 'event-loop', machines: ['eventLoop'] },
  { id: 'balancer', machines: ['balancer', 'backend'] },
  { id: 'queue', machines: ['queue'] },
  { id: 'topic', machines: ['fetcher', 'consumerGroup', 'groupMember', 'replica'] },
  { id: 'store', machines: ['transaction'] },
  { id: 'link', machines: ['link'] },
  { id: 'tcp', machines: ['tcp'] },
  { id: 'http', machines: ['connection', 'http1Connection', 'http2Connection', 'http2Stream', 'grpcStream'] },
  { id: 'call', machines: ['call', 'hedge', 'retryBudget', 'retryThrottle'] },
  { id: 'limits', machines: ['breaker', 'bulkhead', 'tokenBucket', 'shedding', 'idempotencyKey'] },
  { id: 'faults', machines: ['availability'] },
  { id: 'tracing', machines: ['alert'] },
  { id: 'security', machines: ['attacker'] },
];
