/** The sender's half of repairing losses: the `tcp` machine decides, this keeps its books, its timer and the acknowledgements on their way. */
import { LIMITS } from '../../model/limits';
import { RecordKind } from '../../model/trace';
import type { Micros } from '../../model/time';
import type { Timer } from '../../sim/kernel';
import type { Definition, Instance } from '../driver';
import { EventKind } from '../event-kind';
import { Line } from '../line';
import type { World } from '../world';
import { RetransmissionTimeout } from './retransmission-timeout';
import type { Segment } from './segment';
import type { TcpDirection } from './tcp-direction';

/** On its way back to the sender: it takes the other way's time, and can get lost there. Each repeats what those before it said. */
class Acknowledgement {
  constructor(
    private readonly repair: LossRepair,
    /** Every segment before this one has arrived. */
    private readonly upTo: number,
    private readonly sentAt: Micros | undefined,
  ) {}

  tick(): void {
    this.repair.acknowledged(this.upTo, this.sentAt);
  }
}

export class LossRepair {
  private readonly machine: Instance;
  private readonly events: Readonly<Record<'sent' | 'acked' | 'recovered' | 'allAcked' | 'duplicate' | 'timeout', number>>;
  private readonly timeout: RetransmissionTimeout;
  private readonly unacknowledged = new Line<Segment>();
  private readonly due = new Line<Segment>();
  private acknowledgedTo = 0;
  private sentTo = 0;
  /** Everything that was sent when a repair began has arrived when this is acknowledged. */
  private repairedTo = 0;
  private timer: Timer | undefined = undefined;
  private isStopped = false;
  private isLate = false;

  constructor(
    private readonly world: World,
    private readonly direction: TcpDirection,
    tcp: Definition,
    minRtoMicros: Micros,
    giveUp: () => void,
  ) {
    this.timeout = new RetransmissionTimeout(minRtoMicros);
    const event = (name: string) => tcp.event(name);
    this.events = {
      sent: event('sent'),
      acked: event('acked'),
      recovered: event('recovered'),
      allAcked: event('allAcked'),
      duplicate: event('duplicate'),
      timeout: event('timeout'),
    };
    this.machine = tcp.create(
      { mostTimeouts: LIMITS.retransmissions },
      {
        actions: {
          startTimer: () => this.startTimer(),
          restartTimer: () => this.startTimer(),
          stopTimer: () => this.stopTimer(),
          beginRepair: () => (this.repairedTo = this.sentTo),
          retransmit: () => this.retransmit(),
          backOff: () => this.timeout.backOff(),
          giveUp,
        },
      },
    );
  }

  /** The next segment to send once more. */
  takeDue(): Segment | undefined {
    return this.due.shift();
  }

  sent(segment: Segment): void {
    this.unacknowledged.push(segment);
    this.sentTo = segment.number + 1;
    this.machine.send(this.events.sent);
  }

  /** The receiver's half: every segment that comes is acknowledged at once. */
  acknowledge({ sentAt, wasResent }: Segment): void {
    const { opposite } = this.direction.wire.way;
    const delay = opposite.drawDelay();
    if (opposite.drawLoss()) return;
    const acknowledgement = new Acknowledgement(this, this.direction.expected, wasResent ? undefined : sentAt);
    this.world.kernel.schedule(delay, EventKind.tick, acknowledgement);
  }

  acknowledged(upTo: number, sentAt: Micros | undefined): void {
    if (this.isStopped) return;
    if (upTo <= this.acknowledgedTo) {
      if (upTo === this.acknowledgedTo && this.unacknowledged.length > 0) this.machine.send(this.events.duplicate);
      return;
    }
    this.acknowledgedTo = upTo;
    while ((this.unacknowledged.first()?.number ?? Infinity) < upTo) this.unacknowledged.shift();
    if (sentAt !== undefined) this.timeout.sample(this.world.kernel.now - sentAt);
    const isRepaired = this.repairedTo > 0 && upTo >= this.repairedTo;
    if (isRepaired) this.repairedTo = 0;
    if (this.unacknowledged.length === 0) this.machine.send(this.events.allAcked);
    else this.machine.send(isRepaired ? this.events.recovered : this.events.acked);
  }

  /** The kernel's event: the timer has run out. */
  tick(): void {
    this.timer = undefined;
    this.isLate = true;
    this.machine.send(this.events.timeout);
    this.isLate = false;
  }

  stop(): void {
    this.isStopped = true;
    this.stopTimer();
  }

  private retransmit(): void {
    const segment = this.unacknowledged.first()!;
    segment.wasResent = true;
    const { message } = segment.frame;
    const { kernel, recorder } = this.world;
    const { wire } = this.direction;
    const [request, subject, cause] = [message?.request.id ?? 0, message?.id ?? 0, this.isLate ? 1 : 0];
    recorder.record(kernel.now, RecordKind.segmentResent, wire.way.place, request, subject, cause, segment.bytes);
    this.due.push(segment);
    wire.offer(this.direction);
  }

  private startTimer(): void {
    this.stopTimer();
    this.timer = this.world.kernel.schedule(this.timeout.current, EventKind.tick, this);
  }

  private stopTimer(): void {
    if (this.timer !== undefined) this.world.kernel.cancel(this.timer);
    this.timer = undefined;
  }
}
