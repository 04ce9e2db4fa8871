/** What each kind of kernel event does: the one place that knows which type of target belongs to which kind. */
import { Outcome } from '../model/trace';
import type { Call } from './call';
import type { ClientNode } from './client-node';
import type { ClientRequest } from './client-request';
import { EventKind } from './event-kind';
import type { Message } from './message';
import type { Operation } from './operation';
import type { Stored } from './queue-node';
import type { ServiceNode } from './service-node';
import type { World } from './world';

export function fire(world: World, kind: number, target: unknown): void {
  switch (kind) {
    case EventKind.arrival:
      (target as ClientNode).arrive();
      break;
    case EventKind.deliver:
      (target as Message).way!.deliver(target as Message);
      break;
    case EventKind.workDone:
      ((target as Message).way!.to as ServiceNode).workDone(target as Message);
      break;
    case EventKind.wake:
      (target as Operation).wake(world.kernel.now);
      break;
    case EventKind.callTimeout:
      (target as Call).timedOut();
      break;
    case EventKind.backoffOver:
      (target as Call).backoffOver();
      break;
    case EventKind.ackTimeout:
      (target as Stored).queue.ackTimedOut(target as Stored);
      break;
    case EventKind.deadline:
      world.giveUp(target as ClientRequest, Outcome.deadline);
      break;
    case EventKind.alarm:
      (target as { ring(): void }).ring();
      break;
    case EventKind.tick:
      (target as { tick(): void }).tick();
      break;
  }
}

/** Whether an event of this kind carries a client's request on: its target then has a `request`, and one hope less after it. */
export function carriesRequest(kind: number): boolean {
  return kind !== EventKind.arrival && kind !== EventKind.deadline && kind !== EventKind.tick;
}
