/** What each kind of kernel event does: the one place that knows which type of target belongs to which kind. */
import { Outcome } from '../model/outcome';
import type { Call } from './call';
import type { ClientNode } from './client-node';
import type { ClientRequest } from './client-request';
import { EventKind } from './event-kind';
import type { Message } from './message';
import type { Operation } from './operation';
import type { ServiceNode } from './service-node';
import type { Stored } from './stored';
import type { World } from './world';

/**
 * Returns the client's request that the event carried on, which then has one hope less; undefined for an event that carries none. Each kind
 * asks a target of its own type: a look-up of `request` on any of them would be a search.
 */
export function fire(world: World, kind: number, target: unknown): ClientRequest | undefined {
  switch (kind) {
    case EventKind.arrival:
      (target as ClientNode).arrive();
      return undefined;
    case EventKind.deliver: {
      const message = target as Message;
      message.way!.deliver(message);
      return message.request;
    }
    case EventKind.workDone: {
      const message = target as Message;
      (message.way!.to as ServiceNode).workDone(message);
      return message.request;
    }
    case EventKind.wake: {
      const operation = target as Operation;
      operation.wake(world.kernel.now);
      return operation.invocation.request;
    }
    case EventKind.callTimeout: {
      const call = target as Call;
      call.timedOut();
      return call.request;
    }
    case EventKind.backoffOver: {
      const call = target as Call;
      call.backoffOver();
      return call.request;
    }
    case EventKind.ackTimeout: {
      const stored = target as Stored;
      stored.queue.ackTimedOut(stored);
      return stored.message.request;
    }
    case EventKind.deadline:
      world.giveUp(target as ClientRequest, Outcome.deadline);
      return undefined;
    case EventKind.alarm: {
      const alarm = target as { ring(): void; readonly request: ClientRequest };
      alarm.ring();
      return alarm.request;
    }
    case EventKind.tick:
      (target as { tick(): void }).tick();
  }
  return undefined;
}
