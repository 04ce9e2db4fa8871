/** Statecharts of a made-up lane. */
import type { Chart } from '../../src/model/chart';

const state = (id: string, initial = false, parent?: string, kind: 'atomic' | 'compound' | 'parallel' = 'atomic') => ({
  id,
  parent,
  kind,
  initial,
});
const edge = (from: string, to: string | undefined, event: string, guard?: string) => ({ from, to, event, guard, actions: [] });

export const SERVICE_CHART: Chart = {
  id: 'service',
  states: [state('idle', true), state('working'), state('full')],
  transitions: [
    edge('idle', 'working', 'arrive'),
    edge('working', 'working', 'arrive', 'room'),
    edge('working', 'full', 'arrive', 'lastPlace'),
    edge('full', undefined, 'arrive'),
    edge('full', 'working', 'done'),
    edge('working', 'idle', 'done', 'nobodyLeft'),
  ],
  configurations: [['idle'], ['working'], ['full']],
};

export const QUEUE_CHART: Chart = {
  id: 'queue',
  states: [state('empty', true), state('holding'), state('full')],
  transitions: [
    edge('empty', 'holding', 'publish'),
    edge('holding', 'holding', 'publish', 'room'),
    edge('holding', 'full', 'publish', 'lastPlace'),
    edge('holding', 'empty', 'acknowledge', 'lastOne'),
    edge('full', 'holding', 'acknowledge'),
  ],
  configurations: [['empty'], ['holding'], ['full']],
};

export const CLIENT_CHART: Chart = { id: 'client', states: [state('open', true)], transitions: [], configurations: [['open']] };
