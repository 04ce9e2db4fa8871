import { describe, expect, it } from 'vitest';
import { transactionMachine } from '../../src/machines/index';
import { started } from './started';

describe('the transaction machine', () => {
  it.each([
    [['commit', 'committed'], 'committed', ['ask', 'succeed']],
    [['commit', 'conflict'], 'aborted', ['ask', 'fail']],
    [['commit', 'unreachable'], 'aborted', ['ask', 'fail']],
    [['rollback'], 'aborted', ['fail']],
  ])('%j ends it %s', (events, state, actions) => {
    const transaction = started(transactionMachine);
    expect(transaction.after(...events)).toEqual(actions);
    expect(transaction.state).toBe(state);
    expect(transaction.after('commit', 'rollback', 'committed', 'conflict', 'unreachable')).toEqual([]);
    expect(transaction.state).toBe(state);
  });
});
