import { describe, expect, it } from 'vitest';
import { HELPERS, readDelay } from '../../src/handlers/delay';
import { HandlerError, MESSAGES } from '../../src/handlers/handler-error';
import problems from '../../src/i18n/problems.json';

describe('readDelay', () => {
  it.each<[unknown, unknown]>([
    ['20ms', { kind: 'constant', micros: 20_000 }],
    [HELPERS.seconds(1.5), { kind: 'constant', micros: 1_500_000 }],
    [HELPERS.milliseconds(0.25), { kind: 'constant', micros: 250 }],
    [HELPERS.exponential('20ms'), { kind: 'exponential', meanMicros: 20_000 }],
    [HELPERS.exponential(HELPERS.seconds(2)), { kind: 'exponential', meanMicros: 2_000_000 }],
    [HELPERS.uniform('10ms', '30ms'), { kind: 'uniform', lowMicros: 10_000, highMicros: 30_000 }],
    [HELPERS.erlang('20ms', 3), { kind: 'erlang', meanMicros: 20_000, k: 3 }],
    [HELPERS.hyperexponential('20ms', 2), { kind: 'hyperexponential', meanMicros: 20_000, cv: 2 }],
    [HELPERS.normal('20ms', '5ms'), { kind: 'normal', meanMicros: 20_000, sdMicros: 5_000 }],
    [HELPERS.lognormal('20ms', '15ms'), { kind: 'lognormal', meanMicros: 20_000, sdMicros: 15_000 }],
    [HELPERS.pareto('5ms', 2.5), { kind: 'pareto', minMicros: 5_000, alpha: 2.5 }],
  ])('reads %j', (value, distribution) => {
    expect(readDelay(value)).toEqual(distribution);
  });

  it('gives the same object for the same description, so that samplers can be kept by it', () => {
    expect(HELPERS.exponential('7ms')).toBe(HELPERS.exponential('7ms'));
    expect(readDelay('7ms')).toBe(readDelay('7ms'));
  });

  it.each([
    [5],
    ['soon'],
    [undefined],
    [null],
    [{ kind: 'constant', micros: 5 }],
    [NaN],
    [() => 1],
    [Symbol('x')],
    [5n],
    ['-5ms'],
    ['31000000s'],
  ])('refuses %s', (value) => {
    expect(() => readDelay(value)).toThrow(HandlerError);
  });

  it.each([
    () => HELPERS.seconds(-1),
    () => HELPERS.seconds(Infinity),
    () => HELPERS.seconds('1'),
    () => HELPERS.exponential(20),
    () => HELPERS.uniform('30ms', '10ms'),
    () => HELPERS.pareto('1ms', 0),
  ])('helpers refuse what is out of range: %s', (use) => {
    expect(use).toThrow(HandlerError);
  });
});

describe('what code that catches the error reads', () => {
  const messageOf = (use: () => unknown): string => {
    try {
      return `${use()} was taken`;
    } catch (error) {
      return (error as HandlerError).message;
    }
  };

  it('is a sentence that says what would be right', () => {
    const right = `Write '20ms', seconds(1) or exponential('20ms').`;
    expect(messageOf(() => readDelay('x'))).toBe(`"x" is no delay. ${right}`);
    expect(messageOf(() => readDelay(3))).toBe(`3 is no delay. ${right}`);
    expect(messageOf(() => HELPERS.seconds(-1))).toBe(`seconds(-1) is no delay. ${right}`);
    expect(messageOf(() => HELPERS.exponential('q'))).toContain(right);
  });

  it('is the English sentence of the problem, word for word', () => {
    const sentences = problems as Readonly<Record<string, { readonly en: string } | undefined>>;
    for (const [key, message] of Object.entries(MESSAGES)) expect(sentences[key]?.en, key).toBe(message);
  });
});
