/** Every machine of the simulator. Each file says what its machine models and what it leaves to the world. */
export { backendMachine } from './backend';
export { balancerMachine } from './balancer';
export { breakerMachine } from './breaker';
export { bulkheadMachine } from './bulkhead';
export { callMachine } from './call';
export { clientMachine } from './client';
export { eventLoopMachine } from './event-loop';
export { fetcherMachine } from './fetcher';
export { hedgeMachine } from './hedge';
export { linkMachine } from './link';
export { queueMachine } from './queue';
export { retryBudgetMachine } from './retry-budget';
export { retryThrottleMachine } from './retry-throttle';
export { serviceMachine } from './service';
export { tokenBucketMachine } from './token-bucket';
export { transactionMachine } from './transaction';
export { workerMachine } from './worker';
