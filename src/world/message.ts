/** What travels on links. A queue stores a message and sends it on; a redelivery is a new `Message` with the same id. */
import type { MessageKind } from '../model/trace';
import type { Micros } from '../model/time';
import type { Call } from './call';
import type { Chain } from './chain';
import type { ClientRequest } from './client-request';
import type { LinkNode } from './link-node';
import type { Status } from './status';
import type { Stored } from './queue-node';
import type { Ticket } from './ticket';

export class Message {
  /** The way it travels on, or came by. */
  way: LinkNode | undefined;
  sentAt: Micros = 0;
  /** When it reached the component it is at. */
  arrivedAt: Micros = 0;
  /** An error reply carries its status and no body. */
  status: Status | undefined;
  errorText = '';
  /** The call that this is an attempt of, or the reply to. */
  call: Call | undefined;
  /** The send that waits for its confirm. */
  ticket: Ticket | undefined;
  /** Where the answer to a queued message goes, and what it must carry to be matched. */
  replyTo: string | undefined;
  correlationId: string | undefined;
  /** The broker's record of a delivered message, for its acknowledgement. */
  stored: Stored | undefined;
  deliveries = 0;
  worker = -1;

  constructor(
    readonly id: number,
    readonly kind: MessageKind,
    readonly request: ClientRequest,
    readonly chain: Chain,
    /** Id of the component that wrote it. */
    readonly from: string,
    public body: unknown,
  ) {}
}
