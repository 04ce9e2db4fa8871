/**
 * An attacker on a link at work. The `attacker` machine decides what comes of each act, this does what it names. They stand right before the
 * receiver: what they hear has come through the link's delay and losses. What they send themselves goes to the receiver on a way of its own
 * with the link's delay, and its answers come back to them; no honest component waits for any of it, and no client's request counts it.
 */
import { attackerMachine, linkMachine } from '../../machines/index';
import { AttackAct, type Attacker, type Making, type Replaying } from '../../model/attackers/attacker';
import type { LinkWay } from '../../model/kinds/link';
import { MessageKind, RecordKind } from '../../model/trace';
import type { Micros } from '../../model/time';
import { sampleArrivalGap } from '../../sim/sample';
import type { Stream } from '../../sim/streams';
import { Chain } from '../chain';
import type { Definition, Instance } from '../driver';
import { EventKind } from '../event-kind';
import { LinkNode } from '../link-node';
import { Message } from '../message';
import { Node } from '../node';
import { bodyBytes } from '../transport/body-bytes';
import { ConnectedLinkNode } from '../transport/connected-link-node';
import type { World } from '../world';
import { alteredBody } from './altered-body';
import { SealedTap } from './sealed-tap';
import { Taint } from './taint';

/** A way that the attacker is on, and the one on which their own messages reach its end; nothing is lost there. */
interface Target {
  readonly way: LinkNode;
  readonly intrusion: LinkNode;
  /** Round trips until somebody who connects may send. */
  readonly handshakes: number;
}

/** What the machine is asked about, and gives back to the action that it chooses. */
interface Act {
  readonly act: AttackAct;
  readonly target: Target;
  /** The message that passes. */
  readonly passing?: Message;
  /** The message that the attacker would send. */
  readonly make?: () => Message;
}

export class AttackerNode extends Node {
  private readonly machine: Instance;
  private readonly definition: Definition;
  private readonly targets: readonly Target[];
  private readonly tampering: Stream;
  private readonly replaying: Stream;
  private isPresent = false;

  constructor(
    world: World,
    /** In the scenario's list of attackers. */
    private readonly index: number,
    override readonly model: Attacker,
  ) {
    const [first] = model.ways;
    const { protection, place } = world.topology.way(first!.link, first!.way);
    super(world, world.addPlace({ kind: 'attacker', id: model.id, way: place }), model.id);
    this.tampering = world.streams.stream(`${model.id}/tamper`);
    this.replaying = world.streams.stream(`${model.id}/replay`);
    this.targets = model.ways.map(({ link, way }) => this.infiltrate(link, way));
    this.definition = world.driver.define(attackerMachine);
    const input = { sealed: protection !== 'none', mutual: protection === 'mtls' };
    this.machine = world.instance(this.definition, this.place, input, {
      arrive: () => this.arrive(),
      leave: () => (this.isPresent = false),
      read: (act) => this.overhear(act as Act, bodyBytes((act as Act).passing!, world.topology)),
      watch: (act) => this.overhear(act as Act, -1),
      alter: (act) => this.alter(act as Act),
      send: (act) => this.send(act as Act),
      breakSeal: (act) => this.breakSeal(act as Act),
      beTurnedAway: (act) => this.fail(act as Act),
    });
    const { kernel } = world;
    kernel.schedule(model.fromMicros, EventKind.tick, { tick: () => this.tell('begin') });
    if (model.untilMicros !== undefined) kernel.schedule(model.untilMicros, EventKind.tick, { tick: () => this.tell('end') });
  }

  /** An answer to what they have sent themselves: whoever gave it has judged the message already. */
  override receive(): void {}

  private infiltrate(index: number, name: 'forth' | 'back'): Target {
    const { world } = this;
    const link = world.scenario.links[index]!;
    const way = world.topology.way(index, name);
    // No link of the scenario has this number: there are more places than links.
    const number = world.places.length;
    const intrusion = this.addWay(number, 'forth', this, way.to, link[name]);
    intrusion.opposite = this.addWay(number, 'back', way.to, this, link[name === 'forth' ? 'back' : 'forth']);
    intrusion.opposite.opposite = intrusion;
    const target = { way, intrusion, handshakes: link.connection ? (link.connection.tls === 'none' ? 1 : 2) : 0 };
    if (way instanceof ConnectedLinkNode && way.protection !== 'none') {
      way.tap ??= new SealedTap();
      way.tap.listeners.push((message) => this.passes(message, target));
    } else way.interpose((message) => void this.passes(message, target));
    return target;
  }

  private addWay(link: number, way: 'forth' | 'back', from: Node, to: Node, { delay }: LinkWay): LinkNode {
    const { world } = this;
    const place = world.addPlace({ kind: 'link', from: from.id, to: to.id, link, way });
    const model: LinkWay = { delay, loss: 0, bytesPerSecond: undefined, duplicate: 0, corrupt: 0, order: 'any' };
    return new LinkNode(world, place, from, to, model, world.driver.define(linkMachine), false);
  }

  /** Action of the machine: from now on they listen, and send what they make themselves. */
  private arrive(): void {
    this.isPresent = true;
    const { forge, flood, id } = this.model;
    const { streams } = this.world;
    if (forge) this.make(AttackAct.forge, forge, streams.stream(`${id}/forge`), forge.over === 'link' ? 0 : this.dialMicros());
    if (flood) this.make(AttackAct.flood, flood, streams.stream(`${id}/flood`), this.dialMicros());
  }

  /** A connection of their own: one round trip for TCP, one for TLS 1.3. */
  private dialMicros(): Micros {
    const { handshakes, intrusion } = this.targets[0]!;
    let micros = 0;
    for (let trip = 0; trip < handshakes; trip++) micros += intrusion.drawDelay() + intrusion.opposite.drawDelay();
    return micros;
  }

  private make(act: AttackAct, making: Making, chance: Stream, afterMicros: Micros): void {
    const tick = (): void => {
      if (!this.isPresent) return;
      const target = this.targets[this.targets.length > 1 ? Math.floor(chance.uniform() * this.targets.length) : 0]!;
      const { as, body } = making;
      this.tell(making.over === 'link' ? 'inject' : 'dial', { act, target, make: () => this.message(kindFor(target.way), as, body) });
      this.make(act, making, chance, 0);
    };
    this.world.kernel.schedule(afterMicros + sampleArrivalGap(making.perSecond, chance), EventKind.tick, { tick });
  }

  /** A message passes. True when they have changed a sealed record of it. */
  private passes(message: Message, target: Target): boolean {
    if (!this.isPresent || !CONTENT.has(message.kind)) return false;
    const { tamper, replay } = this.model;
    this.tell('pass', { act: AttackAct.tamper, target, passing: message });
    if (replay && message.kind !== MessageKind.reply && happens(replay.probability, this.replaying)) this.plan(message, target, replay);
    if (!tamper || message.status !== undefined || message.damaged || !happens(tamper.probability, this.tampering)) return false;
    this.tell('tamper', { act: AttackAct.tamper, target, passing: message });
    return target.way.protection !== 'none';
  }

  private plan(
    { kind, from, body, replyTo, correlationId, key, envelope }: Message,
    target: Target,
    { afterMicros, times }: Replaying,
  ): void {
    const make = (): Message => Object.assign(this.message(kind, from, body), { replyTo, correlationId, key, envelope });
    const tick = (): void => this.tell('inject', { act: AttackAct.replay, target, make });
    for (let copy = 1; copy <= times; copy++) this.world.kernel.schedule(copy * afterMicros, EventKind.tick, { tick });
  }

  private message(kind: MessageKind, as: string, body: unknown): Message {
    const { world } = this;
    return new Message(world.nextMessageId++, kind, world.background, new Chain(world.kernel.now), as, body);
  }

  /** Action of the machine. */
  private overhear({ target, passing }: Act, bytes: number): void {
    this.note(RecordKind.overheard, target, passing, bytes);
  }

  /** Action of the machine: what passes goes on with another body. Nobody can tell, unless it is signed. */
  private alter({ act, target, passing }: Act): void {
    const message = passing!;
    message.body = alteredBody(message.body, this.model.tamper!.body);
    this.stain(message, act, target);
    // Whoever asked has only this answer.
    if (message.kind === MessageKind.reply) message.taint!.judge(true);
  }

  /** Action of the machine: a message of theirs goes to the end of the way. */
  private send({ act, target, make }: Act): void {
    const message = make!();
    this.stain(message, act, target);
    target.intrusion.send(message);
  }

  /** Action of the machine: TLS at the receiving end notices, and hangs up. The record that passes takes its own connection with it. */
  private breakSeal(act: Act): void {
    this.fail(act);
    if (!act.passing && act.target.way instanceof ConnectedLinkNode) act.target.way.tap!.breakIn();
  }

  /** Action of the machine: nothing has come of it. */
  private fail({ act, target, passing }: Act): void {
    this.note(RecordKind.attacked, target, passing, act);
    this.note(RecordKind.attackRefused, target, passing, act);
  }

  private stain(message: Message, act: AttackAct, target: Target): void {
    this.note(RecordKind.attacked, target, message, act);
    const judged = (accepted: boolean): void =>
      this.note(accepted ? RecordKind.attackAccepted : RecordKind.attackRefused, target, message, act);
    message.taint = new Taint(judged, message.taint);
  }

  private note(kind: RecordKind, { way }: Target, message: Message | undefined, value: number): void {
    const { kernel, recorder } = this.world;
    recorder.record(kernel.now, kind, way.place, message?.request.id ?? 0, message?.id ?? 0, this.index, value);
  }

  private tell(event: 'begin' | 'end' | 'pass' | 'tamper' | 'inject' | 'dial', act?: Act): void {
    this.machine.send(this.definition.event(event), act);
  }
}

/** What carries somebody's words, not only a protocol's. */
const CONTENT: ReadonlySet<MessageKind> = new Set([MessageKind.request, MessageKind.reply, MessageKind.message]);

/** What the component at the end of a way takes from the one at its beginning. */
function kindFor({ from, to }: LinkNode): MessageKind {
  return to.takesMessages || from.model.kind === 'queue' ? MessageKind.message : MessageKind.request;
}

function happens(probability: number, chance: Stream): boolean {
  return chance.uniform() < probability;
}
