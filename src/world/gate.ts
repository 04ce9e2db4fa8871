/**
 * Who may ask a service, before any of its policies and its line are asked. A name that a message carries is a claim; a certificate that the
 * sender's end of the link has shown is a proof (mutual TLS, RFC 8446 §4.4.2). What comes through a broker or a balancer is proved to come
 * from there.
 * As HTTP and gRPC tell the two apart: nobody knows who asks (401, UNAUTHENTICATED), or it is known and not allowed (403, PERMISSION_DENIED).
 * Not modelled: authorities that sign certificates, expiry and revocation, roles, permissions for single operations.
 */
import type { Service } from '../model/kinds/service';
import { serviceOf } from '../model/replicas';
import { Refusal } from '../model/trace';
import type { Message } from './message';
import type { Refused } from './refuse';

export class Gate {
  private readonly allowed: ReadonlySet<string> | undefined;

  /** Undefined for a service that takes everybody's requests. */
  static of(service: Service): Gate | undefined {
    return service.allow || service.identity === 'proved' ? new Gate(service) : undefined;
  }

  private constructor(private readonly service: Service) {
    this.allowed = service.allow && new Set(service.allow);
  }

  refusal(message: Message): Refused | undefined {
    const { id, identity } = this.service;
    const name = identity === 'proved' ? identityOf(message) : message.from && serviceOf(message.from);
    if (name === null || name === '')
      return { reason: Refusal.unauthenticated, status: 'UNAUTHENTICATED', text: `${id} does not know who asks` };
    if (!this.allowed || this.allowed.has(name) || this.allowed.has(serviceOf(name))) return undefined;
    return { reason: Refusal.denied, status: 'PERMISSION_DENIED', text: `${id} does not allow ${name}` };
  }
}

/** Who the message comes from, if that is proved; the replicas of a service share its certificate's name. */
export function identityOf({ way }: Message): string | null {
  return way?.protection === 'mtls' ? serviceOf(way.from.id) : null;
}
