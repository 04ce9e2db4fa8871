/** The machines of a topic: those of its readers, of its groups and their members, and of the replicas of its partitions. */
import type { Group } from '../../model/kinds/topic';
import type { Definition, Instance } from '../driver';
import type { Node } from '../node';
import type { World } from '../world';

const FETCHER_EVENTS = ['start', 'records', 'handled', 'failed', 'elapsed', 'rewind', 'stop', 'drop'] as const;
const GROUP_EVENTS = ['formed', 'joinNew', 'joinKnown', 'gone', 'timeUp', 'synced'] as const;
const MEMBER_EVENTS = [
  ...(['formed', 'enter', 'joined', 'synced', 'rebalance', 'fenced', 'released', 'committed'] as const),
  ...(['elapsed', 'tooSlow', 'leave', 'crash'] as const),
] as const;
const REPLICA_EVENTS = ['lead', 'follow', 'caughtUp', 'expelled', 'crash', 'restart'] as const;

export interface TopicDefinitions {
  readonly fetcher: Definition;
  readonly group: Definition;
  readonly member: Definition;
  readonly replica: Definition;
}

type Numbers<Name extends string> = Readonly<Record<Name, number>>;
type Actions = Record<string, (payload: unknown) => void>;

export class TopicMachines {
  readonly fetcherEvents: Numbers<(typeof FETCHER_EVENTS)[number]>;
  readonly groupEvents: Numbers<(typeof GROUP_EVENTS)[number]>;
  readonly memberEvents: Numbers<(typeof MEMBER_EVENTS)[number]>;
  readonly replicaEvents: Numbers<(typeof REPLICA_EVENTS)[number]>;

  constructor(
    private readonly world: World,
    /** Of the topic. */
    private readonly place: number,
    private readonly id: string,
    private readonly definitions: TopicDefinitions,
  ) {
    world.nameChart(definitions.fetcher, place);
    this.fetcherEvents = eventsOf(definitions.fetcher, FETCHER_EVENTS);
    this.groupEvents = eventsOf(definitions.group, GROUP_EVENTS);
    this.memberEvents = eventsOf(definitions.member, MEMBER_EVENTS);
    this.replicaEvents = eventsOf(definitions.replica, REPLICA_EVENTS);
  }

  coordinator({ name }: Group, actions: Actions): Instance {
    const place = this.world.addPlace({ kind: 'part', id: name, of: this.place, to: undefined, role: 'policy' });
    return this.world.instance(this.definitions.group, place, {}, actions);
  }

  member(service: Node, { name, assignment }: Group, actions: Actions): Instance {
    const place = this.world.addPlace({ kind: 'part', id: name, of: service.place, to: this.id, role: 'policy' });
    return this.world.instance(this.definitions.member, place, { cooperative: assignment === 'cooperative-sticky' }, actions);
  }

  /** @param place of the broker */
  replica(place: number, partition: number, actions: Actions): Instance {
    return this.world.instance(this.definitions.replica, place, {}, actions, undefined, partition);
  }

  fetcher(slot: number, maxDeliveries: number, actions: Actions): Instance {
    return this.world.instance(this.definitions.fetcher, this.place, { maxDeliveries }, actions, undefined, slot);
  }
}

function eventsOf<Name extends string>(definition: Definition, names: readonly Name[]): Numbers<Name> {
  return Object.fromEntries(names.map((name) => [name, definition.event(name)])) as Numbers<Name>;
}
