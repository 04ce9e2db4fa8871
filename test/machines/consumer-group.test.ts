import { describe, expect, it } from 'vitest';
import { consumerGroupMachine, groupMemberMachine, replicaMachine } from '../../src/machines/index';
import { started } from './started';

describe('the consumer group machine', () => {
  it('gathers the first members, then completes, then is stable', () => {
    const group = started(consumerGroupMachine);
    expect(group.after('joinNew')).toEqual(['gather']);
    expect(group.after('joinNew')).toEqual([]);
    expect([group.state, group.count('members')]).toEqual(['preparingRebalance', 2]);
    expect(group.after('timeUp')).toEqual(['dropMissing', 'complete']);
    expect(group.after('synced')).toEqual(['settle']);
    expect(group.state).toBe('stable');
  });

  it('is rebalanced as soon as all have rejoined, or who is missing is gone', () => {
    const group = started(consumerGroupMachine);
    group.after('joinNew', 'joinNew', 'timeUp', 'synced');
    expect(group.after('joinNew')).toEqual(['prepare']);
    expect(group.after('joinKnown')).toEqual([]);
    expect(group.after('gone')).toEqual(['complete']);
    expect([group.state, group.count('members')]).toEqual(['completingRebalance', 2]);
  });

  it('begins again when somebody comes or goes before the leader has synced', () => {
    const group = started(consumerGroupMachine);
    group.after('joinNew', 'joinNew', 'timeUp');
    expect(group.after('gone')).toEqual(['prepare']);
    expect(group.after('joinKnown')).toEqual(['complete']);
    expect(group.after('gone')).toEqual(['dissolve']);
    expect([group.state, group.count('members')]).toEqual(['empty', 0]);
  });
});

describe('the group member machine', () => {
  it('gives everything up before it rejoins, if it is eager', () => {
    const member = started(groupMemberMachine, { cooperative: false });
    expect(member.after('enter', 'joined', 'synced')).toEqual(['join', 'sync', 'takeUp']);
    expect(member.after('rebalance')).toEqual(['giveUp']);
    expect(member.after('released')).toEqual(['commit']);
    expect(member.after('committed')).toEqual(['join']);
  });

  it('rejoins at once, if it is cooperative', () => {
    const member = started(groupMemberMachine, { cooperative: true });
    member.after('enter', 'joined', 'synced');
    expect(member.after('rebalance', 'joined', 'synced')).toEqual(['join', 'sync', 'takeUp']);
  });

  it('finishes what it has in hand before it joins as a new one', () => {
    const member = started(groupMemberMachine, { cooperative: false });
    member.after('formed');
    expect(member.after('fenced')).toEqual(['forget', 'giveUp']);
    expect(member.after('rebalance', 'synced')).toEqual([]);
    expect(member.after('released')).toEqual(['join']);
    expect(member.after('crash')).toEqual(['drop']);
  });
});

describe('the replica machine', () => {
  it('fetches as a follower, and not as a leader or without its broker', () => {
    const replica = started(replicaMachine);
    expect(replica.after('follow')).toEqual(['fetch']);
    expect(replica.after('caughtUp', 'lead')).toEqual(['stop']);
    expect(replica.after('crash')).toEqual(['stop']);
    expect(replica.after('lead', 'follow')).toEqual([]);
    expect(replica.after('restart', 'follow')).toEqual(['fetch']);
    expect(replica.state).toBe('behind');
  });
});
