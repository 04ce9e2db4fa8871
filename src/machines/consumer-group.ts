import { and, assign, not, setup } from 'xstate';
import { outside } from './outside';

interface GroupContext {
  members: number;
  joined: number;
  /** The first members of an empty group wait for each other. */
  gathering: boolean;
}

/**
 * The coordinator of a consumer group, with the names of Kafka's GroupState. A group is rebalanced in two rounds: every member joins, then
 * the leader's SyncGroup brings the assignment.
 *
 * Events: `formed` (payload: how many members the group has when the run begins), `joinNew` and `joinKnown` (the first JoinGroup of a member
 * in this round), `gone` (a member has left or was expelled; payload: whether it had joined in this round), `timeUp` (the time to gather, or
 * to rejoin, is over), `synced` (the leader's SyncGroup).
 * Actions: `gather` (wait for more first members), `prepare` (ask all to rejoin), `dropMissing` (those who have not rejoined are expelled,
 * always followed by `complete`), `complete` (next generation: all JoinGroups are answered), `settle` (the assignment is handed out),
 * `dissolve` (nobody is left). The counts are already changed when an action is carried out.
 * Not modelled here: sessions, generations, assignments; the state Dead, which an empty group reaches when its offsets expire after days.
 */
export const consumerGroupMachine = setup({
  types: {
    context: {} as GroupContext,
    events: {} as
      | { type: 'formed'; payload: number }
      | { type: 'joinNew' }
      | { type: 'joinKnown' }
      | { type: 'gone'; payload: boolean }
      | { type: 'timeUp' }
      | { type: 'synced' },
  },
  guards: {
    onlyMember: ({ context }) => context.members === 1,
    lastMissing: ({ context }) => !context.gathering && context.joined === context.members - 1,
    nobodyJoined: ({ context }) => context.joined === 0,
    hadJoined: ({ event }) => event.type === 'gone' && event.payload,
  },
  actions: {
    form: assign({ members: ({ event }) => (event.type === 'formed' ? event.payload : 0) }),
    addMember: assign({ members: ({ context }) => context.members + 1 }),
    takeMember: assign({ members: ({ context }) => context.members - 1 }),
    addJoined: assign({ joined: ({ context }) => context.joined + 1 }),
    takeJoined: assign({ joined: ({ context }) => context.joined - 1 }),
    noneJoined: assign({ joined: 0 }),
    firstJoined: assign({ joined: 1 }),
    keepJoined: assign({ members: ({ context }) => context.joined }),
    beginGathering: assign({ gathering: true }),
    endGathering: assign({ gathering: false }),
    gather: outside,
    prepare: outside,
    dropMissing: outside,
    complete: outside,
    settle: outside,
    dissolve: outside,
  },
}).createMachine({
  id: 'consumerGroup',
  context: () => ({ members: 0, joined: 0, gathering: false }),
  initial: 'empty',
  states: {
    empty: {
      on: {
        formed: { target: 'stable', actions: 'form' },
        joinNew: { target: 'preparingRebalance', actions: ['addMember', 'firstJoined', 'beginGathering', 'gather'] },
      },
    },
    preparingRebalance: {
      on: {
        joinNew: { actions: ['addMember', 'addJoined'] },
        joinKnown: [{ guard: 'lastMissing', target: 'completingRebalance', actions: ['addJoined', 'complete'] }, { actions: 'addJoined' }],
        gone: [
          { guard: 'onlyMember', target: 'empty', actions: ['takeMember', 'noneJoined', 'endGathering', 'dissolve'] },
          { guard: 'hadJoined', actions: ['takeMember', 'takeJoined'] },
          { guard: and(['lastMissing', not('hadJoined')]), target: 'completingRebalance', actions: ['takeMember', 'complete'] },
          { actions: 'takeMember' },
        ],
        timeUp: [
          { guard: 'nobodyJoined', target: 'empty', actions: ['keepJoined', 'endGathering', 'dropMissing', 'dissolve'] },
          { target: 'completingRebalance', actions: ['keepJoined', 'endGathering', 'dropMissing', 'complete'] },
        ],
      },
    },
    completingRebalance: {
      on: {
        synced: { target: 'stable', actions: 'settle' },
        joinNew: { target: 'preparingRebalance', actions: ['addMember', 'firstJoined', 'prepare'] },
        joinKnown: [
          { guard: 'onlyMember', actions: ['firstJoined', 'prepare', 'complete'] },
          { target: 'preparingRebalance', actions: ['firstJoined', 'prepare'] },
        ],
        gone: [
          { guard: 'onlyMember', target: 'empty', actions: ['takeMember', 'noneJoined', 'dissolve'] },
          { target: 'preparingRebalance', actions: ['takeMember', 'noneJoined', 'prepare'] },
        ],
      },
    },
    stable: {
      on: {
        joinNew: { target: 'preparingRebalance', actions: ['addMember', 'firstJoined', 'prepare'] },
        joinKnown: [
          { guard: 'onlyMember', target: 'completingRebalance', actions: ['firstJoined', 'prepare', 'complete'] },
          { target: 'preparingRebalance', actions: ['firstJoined', 'prepare'] },
        ],
        gone: [
          { guard: 'onlyMember', target: 'empty', actions: ['takeMember', 'noneJoined', 'dissolve'] },
          { target: 'preparingRebalance', actions: ['takeMember', 'noneJoined', 'prepare'] },
        ],
      },
    },
  },
});
