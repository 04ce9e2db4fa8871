/** From a component of the scenario to its node in the running world. */
import {
  backendMachine,
  balancerMachine,
  clientMachine,
  consumerGroupMachine,
  eventLoopMachine,
  fetcherMachine,
  groupMemberMachine,
  queueMachine,
  replicaMachine,
  serviceMachine,
  workerMachine,
} from '../machines/index';
import type { Component } from '../model/scenario';
import type { Place } from '../model/trace';
import { BalancerNode } from './balancer-node';
import { ClientNode } from './client-node';
import type { Driver } from './driver';
import { EventLoopNode } from './event-loop-node';
import type { Node } from './node';
import { QueueNode } from './queue-node';
import { ServiceNode } from './service-node';
import { StoreNode } from './store-node';
import { TopicNode } from './topic/topic-node';
import type { World } from './world';

export function makeNode(world: World, component: Component, place: number, driver: Driver): Node {
  switch (component.kind) {
    case 'client':
      return new ClientNode(world, place, component, driver.define(clientMachine));
    case 'service':
      if (component.threads === 'event-loop')
        return new EventLoopNode(world, place, component, driver.define(eventLoopMachine), driver.define(workerMachine));
      return new ServiceNode(world, place, component, driver.define(serviceMachine), driver.define(workerMachine));
    case 'store':
      return new StoreNode(world, place, component, driver.define(serviceMachine), driver.define(workerMachine));
    case 'queue':
      return new QueueNode(world, place, component, driver.define(queueMachine));
    case 'balancer':
      return new BalancerNode(world, place, component, driver.define(balancerMachine), driver.define(backendMachine));
    case 'topic':
      return new TopicNode(world, place, component, {
        fetcher: driver.define(fetcherMachine),
        group: driver.define(consumerGroupMachine),
        member: driver.define(groupMemberMachine),
        replica: driver.define(replicaMachine),
      });
  }
}

/** How the trace names a component. */
export function placeOf(component: Component): Place {
  if (component.kind === 'client') return { kind: 'client', id: component.id, ...(component.background && { background: true }) };
  if (component.kind !== 'topic') return { kind: component.kind, id: component.id };
  const { kind, id, partitions, groups, retention } = component;
  const copies = component.replication?.copies ?? 1;
  const skipsKept = groups.map(({ from }) => from !== 'earliest');
  return { kind, id, partitions, copies, groups: groups.map(({ name }) => name), skipsKept, keeps: retention !== undefined };
}
