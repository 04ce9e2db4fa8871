/** The second half of `queues.test.ts`, in a file of its own so that both cores share the work. */
import { describe, it } from 'vitest';
import { expectAgreement, shipped } from './agreement';

describe('the shipped scenarios agree with the formulas', { timeout: 300_000 }, () => {
  it('M/G/1', () => expectAgreement(shipped('mg1', '50500s'), 32, { inSystem: 0.01, wait: 0.0125 }));
  it('M/D/1', () => expectAgreement(shipped('md1', '20500s'), 40, { inSystem: 0.01, wait: 0.0125 }));
  it('M/M/10', () => expectAgreement(shipped('mm10', '2050s'), 20, { inSystem: 0.01, wait: 0.05 }));
});
