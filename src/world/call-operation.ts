/** What a handler waits for when it calls. */
import { markHandled } from '../sim/virtual-promise';
import type { Call, CallObserver } from './call';
import type { Invocation } from './invocation';
import type { Message } from './message';
import { Operation } from './operation';
import type { GuardedCall } from './policies/guarded-call';
import type { CallFailed } from './status';

export class CallOperation extends Operation implements CallObserver {
  call: GuardedCall | undefined = undefined;

  constructor(invocation: Invocation, chain: Invocation['chain']) {
    super(invocation, chain, 'td');
  }

  override callOff(error: CallFailed): void {
    markHandled(this.promise);
    this.call!.callOff(error);
  }

  callAnswered(_call: Call, reply: Message): void {
    this.invocation.release(this.invocation.world.kernel.now);
    this.chain.follow(reply.chain);
    this.succeed(reply.body);
  }

  callFailed(_call: Call, error: CallFailed): void {
    this.invocation.release(this.invocation.world.kernel.now);
    this.fail(error);
  }
}
