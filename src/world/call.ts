/**
 * One call to a service: attempts, timeout, back-off. The `call` machine decides, this does what it names. The time of an attempt that timed
 * out, and of a back-off, counts as waiting (Td) for whoever goes on because of a later attempt.
 */
import { MessageKind, RecordKind } from '../model/trace';
import type { Micros } from '../model/time';
import type { Timer } from '../sim/kernel';
import { pauseBefore, type Pausing } from './backoff';
import type { Chain } from './chain';
import type { ClientRequest } from './client-request';
import type { Instance } from './driver';
import { EventKind } from './event-kind';
import type { CallGuards } from './policies/call-policies';
import { Message } from './message';
import { CallFailed } from './status';
import type { Way } from './way';
import type { World } from './world';

export interface CallOptions extends Pausing {
  readonly timeoutMicros: Micros | undefined;
  readonly attempts: number;
  /** Decides which backend a balancer with a ring chooses. */
  readonly key: string | undefined;
  /** What watches over the call; most calls have nothing of the kind. */
  readonly guards: CallGuards | undefined;
}

export const PLAIN_CALL: CallOptions = {
  timeoutMicros: undefined,
  attempts: 1,
  backoff: 'none',
  baseMicros: 0,
  maxMicros: 0,
  multiplier: 2,
  key: undefined,
  guards: undefined,
};

type CallEvent = keyof World['callEvents'];

export interface CallObserver {
  callAnswered(call: Call, reply: Message): void;
  callFailed(call: Call, error: CallFailed): void;
}

export class Call {
  readonly id: number;
  /** Of the process that calls. */
  readonly incarnation: number;
  reply: Message | undefined;
  protected attempts = 0;
  private timer: Timer | undefined;
  private pauseMicros: Micros = 0;
  /** The attempt after which the service said when to try again; 0: none. */
  private pushedBackAt = 0;
  /** The request of the attempt under way. */
  private sent: Message | undefined;
  protected readonly machine: Instance;

  constructor(
    protected readonly world: World,
    readonly request: ClientRequest,
    /** Where the caller stands, kept up to date while attempts fail. */
    readonly chain: Chain,
    readonly way: Way,
    private readonly body: unknown,
    protected readonly options: CallOptions,
    private readonly observer: CallObserver,
  ) {
    this.id = world.nextCallId++;
    this.incarnation = way.from.incarnation;
    this.machine = this.makeMachine();
  }

  begin(): void {
    this.send('begin');
  }

  /** No attempt may follow. */
  protected giveUp(): void {
    this.send('giveUp');
  }

  /** Action of the machine: sends the request once more. */
  attempt(): void {
    const { world, options } = this;
    this.attempts++;
    this.sent = this.newMessage();
    if (this.attempts > 1) {
      const { recorder, kernel } = world;
      recorder.record(kernel.now, RecordKind.retried, this.way.from.place, this.request.id, this.id, this.attempts, this.sent.id);
    }
    world.tracer?.attemptStarts(this, this.sent, this.way);
    this.way.send(this.sent);
    if (options.timeoutMicros !== undefined) {
      this.request.hopes++;
      this.timer = world.kernel.scheduleOnLane(this.way.timeoutLane(options.timeoutMicros), EventKind.callTimeout, this);
    }
  }

  protected newMessage(): Message {
    const { world, way } = this;
    const message = new Message(world.nextMessageId++, MessageKind.request, this.request, this.chain.copy(), way.from.id, this.body);
    message.call = this;
    message.key = this.options.key;
    return message;
  }

  protected makeMachine(): Instance {
    const { attempts, timeoutMicros } = this.options;
    return this.world.callMachine.create({ attempts, hasTimeout: timeoutMicros !== undefined }, this.world.callHooks);
  }

  protected send(event: CallEvent): void {
    this.machine.send(numberOf(event, this.world.callEvents), this);
  }

  /** Action of the machine: waits before the next attempt, as long as the service has asked for, if it has. */
  backOff(): void {
    const { world, request } = this;
    const asked = this.reply?.pushBackMicros;
    if (asked === undefined) {
      this.pauseMicros = pauseBefore(this.options, this.attempts - this.pushedBackAt, this.pauseMicros, world.backoffs);
    } else {
      world.recorder.record(world.kernel.now, RecordKind.pushedBack, this.way.from.place, request.id, this.id, this.attempts, asked);
      if (asked < 0) return this.giveUp();
      // The back-off begins anew after that (gRFC A6, "Pushback").
      this.pushedBackAt = this.attempts;
      this.pauseMicros = 0;
    }
    request.hopes++;
    this.timer = world.kernel.schedule(asked ?? this.pauseMicros, EventKind.backoffOver, this);
  }

  /** Action of the machine: a reply came in time. */
  answer(): void {
    this.cancelTimer();
    this.observer.callAnswered(this, this.reply!);
  }

  /** Action of the machine: no attempt is left. */
  fail(): void {
    this.cancelTimer();
    const error = this.failure();
    if (this.reply) this.chain.follow(this.reply.chain);
    this.observer.callFailed(this, error);
  }

  /** What the caller is told when no attempt is left. */
  protected failure(): CallFailed {
    const { reply } = this;
    return reply?.status
      ? new CallFailed(reply.status, reply.errorText)
      : new CallFailed('DEADLINE_EXCEEDED', `${this.way.target} did not answer within ${this.options.timeoutMicros! / 1000} ms`);
  }

  replied(reply: Message): void {
    this.reply = reply;
    if (this.sent) this.world.tracer?.sendingEnds(this.sent.id, reply.id === this.sent.id ? reply.status : 'CANCELLED');
    this.send(reply.status ? 'error' : 'reply');
  }

  timedOut(): void {
    const { world } = this;
    const { id } = this.sent!;
    this.timer = undefined;
    this.reply = undefined;
    this.chain.spend('td', world.kernel.now);
    world.tracer?.sendingEnds(id, 'DEADLINE_EXCEEDED');
    this.callOffAttempts();
    world.recorder.record(world.kernel.now, RecordKind.timedOut, this.way.from.place, this.request.id, this.id, this.attempts, id);
    this.send('timeout');
  }

  backoffOver(): void {
    this.timer = undefined;
    this.reply = undefined;
    this.chain.spend('td', this.world.kernel.now);
    this.send('backoffOver');
  }

  /** Tells the service that nobody waits any more, where the link has a way to say so. */
  protected callOffAttempts(): void {
    this.way.cancel(this.sent!, this.chain);
  }

  private cancelTimer(): void {
    if (this.timer !== undefined && this.world.kernel.cancel(this.timer)) this.request.hopes--;
    this.timer = undefined;
  }
}

/** Not `numbers[event]`: a computed name costs a search each time. */
function numberOf(event: CallEvent, numbers: World['callEvents']): number {
  switch (event) {
    case 'begin':
      return numbers.begin;
    case 'reply':
      return numbers.reply;
    case 'error':
      return numbers.error;
    case 'timeout':
      return numbers.timeout;
    case 'backoffOver':
      return numbers.backoffOver;
    case 'giveUp':
      return numbers.giveUp;
  }
}
