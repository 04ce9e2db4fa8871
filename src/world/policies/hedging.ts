/** The machine of hedged calls, made ready for a run that has some. */
import { hedgeMachine } from '../../machines/index';
import type { Definition, Instance } from '../driver';
import type { Node } from '../node';
import type { World } from '../world';
import type { HedgedCall } from './hedged-call';
import { Part } from './part';

const HOOKS = {
  actions: {
    attempt: (call: unknown) => (call as HedgedCall).attempt(),
    postpone: (call: unknown) => (call as HedgedCall).postpone(),
    stopHedging: (call: unknown) => (call as HedgedCall).stopHedging(),
    answer: (call: unknown) => (call as HedgedCall).answer(),
    fail: (call: unknown) => (call as HedgedCall).fail(),
  },
};

export class Hedging {
  private definition: Definition | undefined = undefined;

  constructor(private readonly world: World) {}

  create(attempts: number): Instance {
    return this.ready().create({ attempts }, HOOKS);
  }

  send(machine: Instance, event: string, call: HedgedCall): void {
    machine.send(this.ready().event(event), call);
  }

  /** The place where the hedges of a component's calls to a service are counted. The calls have a machine each, and no state in common. */
  part(id: string, of: Node, to: string): HedgePart {
    return new HedgePart(this.world, { id, of, to }, this.ready(), { attempts: 1 });
  }

  private ready(): Definition {
    return (this.definition ??= this.world.driver.define(hedgeMachine));
  }
}

export class HedgePart extends Part {}
