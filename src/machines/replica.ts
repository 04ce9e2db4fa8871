import { setup } from 'xstate';
import { outside } from './outside';

/**
 * One replica of a partition on a broker: it leads, follows, or its broker is down. A follower fetches from the leader, and is in sync when
 * it has all that the leader had confirmed when it caught up.
 *
 * Events: `lead` (the controller has elected it), `follow` (somebody else leads), `caughtUp`, `expelled` (the controller has taken it out of
 * those in sync), `crash`, `restart`.
 * Actions: `fetch` (it begins to fetch from the leader there is), `stop` (it fetches no more).
 * Not modelled here: offsets, who is elected, the high watermark.
 */
export const replicaMachine = setup({
  types: {
    events: {} as
      { type: 'lead' } | { type: 'follow' } | { type: 'caughtUp' } | { type: 'expelled' } | { type: 'crash' } | { type: 'restart' },
  },
  actions: { fetch: outside, stop: outside },
}).createMachine({
  id: 'replica',
  initial: 'follower',
  states: {
    follower: {
      initial: 'behind',
      on: {
        lead: { target: 'leader', actions: 'stop' },
        follow: { actions: 'fetch' },
        crash: { target: 'offline', actions: 'stop' },
      },
      states: {
        behind: { on: { caughtUp: 'inSync' } },
        inSync: { on: { expelled: 'behind' } },
      },
    },
    leader: {
      on: {
        follow: { target: 'follower', actions: 'fetch' },
        crash: { target: 'offline', actions: 'stop' },
      },
    },
    offline: { on: { restart: 'follower' } },
  },
});
