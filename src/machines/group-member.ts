import { setup } from 'xstate';
import { outside } from './outside';

/**
 * A consumer as a member of its group, by the rules of Kafka's classic protocol. An eager member gives up all its partitions before it
 * rejoins; a cooperative one goes on reading, and gives up only what the new assignment takes from it, in a second rebalance.
 *
 * Input: `cooperative`.
 * Events: `formed` (it is a member when the run begins), `enter`, `joined` and `synced` (the coordinator's answers; payload of `synced`:
 * whether it must give something up), `rebalance` (the coordinator asks to rejoin), `fenced` (the coordinator does not know it, or knows a
 * newer generation), `released` (its readers have finished what they had in hand), `committed` (the last commit before it rejoins is
 * answered), `elapsed` (an answer has not come), `tooSlow` (it has not polled for too long), `leave`, `crash`.
 * Actions: `join`, `sync`, `takeUp`, `giveUp` (readers finish what they have in hand), `giveUpExcess` (only what the assignment takes away),
 * `commit`, `forget` (it is nobody's member: it will join as a new one), `goAway` (LeaveGroup), `drop` (its process is gone).
 * Not modelled here: heartbeats, generations, who else is in the group.
 */
export const groupMemberMachine = setup({
  types: {
    context: {} as { cooperative: boolean },
    input: {} as { cooperative: boolean },
    events: {} as
      | { type: 'formed' }
      | { type: 'enter' }
      | { type: 'joined' }
      | { type: 'synced'; payload: boolean }
      | { type: 'rebalance' }
      | { type: 'fenced' }
      | { type: 'released' }
      | { type: 'committed' }
      | { type: 'elapsed' }
      | { type: 'tooSlow' }
      | { type: 'leave' }
      | { type: 'crash' },
  },
  guards: {
    isCooperative: ({ context }) => context.cooperative,
    hasExcess: ({ event }) => event.type === 'synced' && event.payload,
  },
  actions: {
    join: outside,
    sync: outside,
    takeUp: outside,
    giveUp: outside,
    giveUpExcess: outside,
    commit: outside,
    forget: outside,
    goAway: outside,
    drop: outside,
  },
}).createMachine({
  id: 'groupMember',
  context: ({ input }) => ({ cooperative: input.cooperative }),
  initial: 'away',
  on: { crash: { target: '.away', actions: 'drop' } },
  states: {
    away: {
      on: { formed: { target: 'stable', actions: 'takeUp' }, enter: { target: 'joining', actions: 'join' } },
    },
    joining: {
      on: {
        joined: { target: 'syncing', actions: 'sync' },
        elapsed: { actions: 'join' },
        fenced: { target: 'losing', actions: ['forget', 'giveUp'] },
        leave: { target: 'leaving', actions: 'giveUp' },
      },
    },
    syncing: {
      on: {
        synced: [
          { guard: 'hasExcess', target: 'revoking', actions: ['takeUp', 'giveUpExcess'] },
          { target: 'stable', actions: 'takeUp' },
        ],
        rebalance: { target: 'joining', actions: 'join' },
        elapsed: { actions: 'sync' },
        fenced: { target: 'losing', actions: ['forget', 'giveUp'] },
        leave: { target: 'leaving', actions: 'giveUp' },
      },
    },
    stable: {
      on: {
        rebalance: [
          { guard: 'isCooperative', target: 'joining', actions: 'join' },
          { target: 'revoking', actions: 'giveUp' },
        ],
        fenced: { target: 'losing', actions: ['forget', 'giveUp'] },
        tooSlow: { target: 'losing', actions: ['goAway', 'forget', 'giveUp'] },
        leave: { target: 'leaving', actions: 'giveUp' },
      },
    },
    /** What it had in hand is finished first, then committed. */
    revoking: {
      initial: 'finishing',
      on: {
        fenced: { target: 'losing', actions: ['forget', 'giveUp'] },
        tooSlow: { target: 'losing', actions: ['goAway', 'forget', 'giveUp'] },
        leave: { target: 'leaving', actions: 'giveUp' },
      },
      states: {
        finishing: { on: { released: { target: 'committing', actions: 'commit' } } },
        committing: {
          on: {
            committed: { target: '#groupMember.joining', actions: 'join' },
            elapsed: { target: '#groupMember.joining', actions: 'join' },
          },
        },
      },
    },
    /** Its partitions belong to others already. It learns so when it polls again: what it has in hand is finished before. */
    losing: {
      on: {
        released: { target: 'joining', actions: 'join' },
        leave: { target: 'leaving', actions: 'giveUp' },
      },
    },
    leaving: {
      initial: 'finishing',
      states: {
        finishing: { on: { released: { target: 'committing', actions: 'commit' } } },
        committing: {
          on: {
            committed: { target: '#groupMember.away', actions: ['goAway', 'forget'] },
            elapsed: { target: '#groupMember.away', actions: ['goAway', 'forget'] },
          },
        },
      },
    },
  },
});
