import { describe, expect, it } from 'vitest';
import { callMachine } from '../../src/machines/index';
import { started } from './started';

const call = (attempts: number, hasTimeout = true) => started(callMachine, { attempts, hasTimeout });
const acts = (caused: readonly string[]) => caused.filter((name) => name !== 'countAttempt');

describe('the call machine', () => {
  it('attempts once and is answered', () => {
    const one = call(1);
    expect(acts(one.after('begin', 'reply'))).toEqual(['attempt', 'answer']);
    expect(one.state).toBe('answered');
  });

  it('tries as often as it may, then fails, whether by timeout or by error', () => {
    const three = call(3);
    expect(acts(three.after('begin', 'timeout', 'backoffOver', 'error', 'backoffOver', 'timeout'))).toEqual([
      'attempt',
      'backOff',
      'attempt',
      'backOff',
      'attempt',
      'fail',
    ]);
    expect([three.state, three.count('attempt')]).toEqual(['failed', 3]);
  });

  it('accepts a late reply while it backs off', () => {
    const two = call(2);
    two.after('begin', 'timeout');
    expect(two.after('reply')).toEqual(['answer']);
    expect(two.after('backoffOver')).toEqual([]);
    expect(two.state).toBe('answered');
  });

  it.each(['answered', 'failed'])('ignores everything once it has %s', (end) => {
    const one = call(1);
    one.after('begin', end === 'answered' ? 'reply' : 'error');
    expect(one.after('begin', 'reply', 'error', 'timeout', 'backoffOver')).toEqual([]);
    expect(one.state).toBe(end);
  });

  it('ignores a late error while it backs off', () => {
    const two = call(2);
    two.after('begin', 'timeout');
    expect(two.after('error')).toEqual([]);
    expect(two.state).toBe('backingOff');
  });

  it('waits for ever when it has no timeout', () => {
    const one = call(2, false);
    one.after('begin');
    expect(one.after('timeout')).toEqual([]);
    expect(one.state).toBe('sent');
  });
});
