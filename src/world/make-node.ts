/** From a component of the scenario to its node in the running world. */
import { clientMachine, queueMachine, serviceMachine, workerMachine } from '../machines/index';
import type { Component } from '../model/scenario';
import { ClientNode } from './client-node';
import type { Driver } from './driver';
import type { Node } from './node';
import { QueueNode } from './queue-node';
import { ServiceNode } from './service-node';
import type { World } from './world';

export function makeNode(world: World, component: Component, place: number, driver: Driver): Node {
  switch (component.kind) {
    case 'client':
      return new ClientNode(world, place, component, driver.define(clientMachine));
    case 'service':
      return new ServiceNode(world, place, component, driver.define(serviceMachine), driver.define(workerMachine));
    case 'queue':
      return new QueueNode(world, place, component, driver.define(queueMachine));
  }
}
