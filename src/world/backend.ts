/** A service behind a balancer, as the balancer sees it: how much is under way there, and whether it is trusted. */
import type { Balancer } from '../model/kinds/balancer';
import { MessageKind } from '../model/trace';
import type { Timer } from '../sim/kernel';
import type { Definition, Instance } from './driver';
import { EventKind } from './event-kind';
import type { LinkNode } from './link-node';
import { Message } from './message';
import type { World } from './world';

export interface BackendObserver {
  readonly id: string;
  backendOut(backend: Backend): void;
  backendBack(backend: Backend): void;
}

const EVENTS = ['checkFailed', 'checkPassed', 'requestFailed', 'requestDone', 'ejectionOver', 'configure', 'checksEnd'] as const;

export class Backend {
  /** Requests handed on and not answered. */
  outstanding = 0;
  /** It is trusted, and in the rotation of whoever runs it. */
  isHealthy = true;
  private isTrusted = true;
  private readonly machine: Instance;
  private readonly events: Readonly<Record<(typeof EVENTS)[number], number>>;
  private probe: Timer | undefined;
  /** The next check. */
  private planned: Timer | undefined;

  constructor(
    private readonly world: World,
    /** Its position among the backends of the balancer, from 0. */
    readonly index: number,
    readonly way: LinkNode,
    private model: Balancer,
    definition: Definition,
    private readonly observer: BackendObserver,
  ) {
    const trust = (isTrusted: boolean): void => {
      this.isTrusted = isTrusted;
      this.rotationChanged();
    };
    const leave = (): void => trust(false);
    this.machine = definition.create(limitsOf(model), {
      actions: {
        takeOut: leave,
        putBack: () => trust(true),
        eject: () => {
          leave();
          world.kernel.schedule(this.model.outlierDetection!.ejectMicros, EventKind.tick, {
            tick: () => this.machine.send(this.events.ejectionOver),
          });
        },
      },
    });
    this.events = Object.fromEntries(EVENTS.map((name) => [name, definition.event(name)])) as Backend['events'];
    if (model.healthCheck) this.planCheck();
  }

  /** Checked otherwise from the next check on; what counts as enough failures changes at once. */
  change(model: Balancer): void {
    const wasChecked = this.model.healthCheck !== undefined;
    this.model = model;
    this.machine.send(this.events.configure, limitsOf(model));
    if (model.healthCheck && !wasChecked) this.planCheck();
    else if (!model.healthCheck && wasChecked) this.stopChecks();
  }

  private stopChecks(): void {
    for (const timer of [this.planned, this.probe]) if (timer !== undefined) this.world.kernel.cancel(timer);
    this.planned = this.probe = undefined;
    this.machine.send(this.events.checksEnd);
  }

  rotationChanged(): void {
    const isHealthy = this.isTrusted && this.way.to.inRotation;
    if (isHealthy === this.isHealthy) return;
    this.isHealthy = isHealthy;
    if (isHealthy) this.observer.backendBack(this);
    else this.observer.backendOut(this);
  }

  /** A request handed on has been answered. */
  requestEnded(ok: boolean): void {
    this.outstanding--;
    this.machine.send(ok ? this.events.requestDone : this.events.requestFailed);
  }

  /** Nobody waits for a request any more that was handed on: that says nothing about the backend. */
  requestCalledOff(): void {
    this.outstanding--;
  }

  /** The answer to a check is here; one that comes after its timeout says nothing any more. */
  probeAnswered(ok: boolean): void {
    if (this.probe === undefined) return;
    this.world.kernel.cancel(this.probe);
    this.checked(ok);
  }

  private planCheck(): void {
    this.planned = this.world.kernel.schedule(this.model.healthCheck!.everyMicros, EventKind.tick, { tick: () => this.check() });
  }

  private check(): void {
    const { world } = this;
    this.planned = undefined;
    const probe = new Message(
      world.nextMessageId++,
      MessageKind.probe,
      world.noRequest,
      world.noRequest.chain,
      this.way.from.id,
      undefined,
    );
    this.probe = world.kernel.schedule(this.model.healthCheck!.timeoutMicros, EventKind.tick, { tick: () => this.checked(false) });
    this.way.send(probe);
  }

  private checked(ok: boolean): void {
    this.probe = undefined;
    this.machine.send(ok ? this.events.checkPassed : this.events.checkFailed);
    this.planCheck();
  }
}

/** What the machine counts up to. */
function limitsOf({ healthCheck, outlierDetection }: Balancer): { unhealthyAfter: number; healthyAfter: number; ejectAfter: number } {
  return {
    unhealthyAfter: healthCheck?.unhealthyAfter ?? 1,
    healthyAfter: healthCheck?.healthyAfter ?? 1,
    ejectAfter: outlierDetection?.consecutiveFailures ?? 0,
  };
}
