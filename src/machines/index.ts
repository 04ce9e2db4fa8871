/** Every machine of the simulator. Each file says what its machine models and what it leaves to the world. */
export { backendMachine } from './backend';
export { balancerMachine } from './balancer';
export { callMachine } from './call';
export { clientMachine } from './client';
export { eventLoopMachine } from './event-loop';
export { linkMachine } from './link';
export { queueMachine } from './queue';
export { serviceMachine } from './service';
export { workerMachine } from './worker';
