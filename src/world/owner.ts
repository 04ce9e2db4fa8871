/** Whose process a pending event of the kernel belongs to: a crash takes it away, a pause postpones it. */
import type { Call } from './call';
import type { ClientNode } from './client-node';
import type { ClientRequest } from './client-request';
import { EventKind } from './event-kind';
import type { Message } from './message';
import type { Node } from './node';
import type { Operation } from './operation';
import type { Stored } from './stored';

/** The client's request that an owned event carries on. */
export function requestOf(kind: number, target: unknown): ClientRequest {
  return kind === EventKind.wake ? (target as Operation).invocation.request : (target as { readonly request: ClientRequest }).request;
}

/** Undefined for what no process does: messages on links, arrivals, deadlines, the world's own doings. */
export function ownerOf(kind: number, target: unknown): Node | undefined {
  switch (kind) {
    case EventKind.workDone:
      return (target as Message).way!.to;
    case EventKind.wake:
      return (target as Operation).invocation.node;
    case EventKind.callTimeout:
    case EventKind.backoffOver:
      return (target as Call).way.from;
    case EventKind.ackTimeout:
      return (target as Stored).queue;
    case EventKind.alarm:
    case EventKind.tick:
      return (target as { readonly owner?: Node }).owner;
    default:
      return undefined;
  }
}

/** Whose code an event has carried on: its owner's, or that of who sends or receives. Undefined when a transport stands between. */
export function codeAt(kind: number, target: unknown): Node | undefined {
  if (kind === EventKind.arrival) return target as ClientNode;
  return kind === EventKind.deliver ? (target as Message).way?.to : ownerOf(kind, target);
}
