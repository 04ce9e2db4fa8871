import { beforeEach, expect, test } from 'vitest';
import type { SeenValues } from '../../src/model/seen-values';
import type { ValuesReply } from '../../src/sandbox/run-reply';
import { ValuesState } from '../../src/state/values';

const INPUT = { file: { title: 'x' }, variants: [null], seed: 7 };
const QUESTION = { input: INPUT, variant: null, timeMicros: 5, request: 0 };
const VALUES: SeenValues = { untilMicros: 5, complete: true, files: [] };

let asked: { untilMicros: number; reply: (reply: ValuesReply) => void }[];
let values: ValuesState;
beforeEach(() => {
  asked = [];
  values = new ValuesState({ values: ({ untilMicros }) => new Promise((reply) => asked.push({ untilMicros, reply })) });
});

test('one question is asked once, however often it comes', async () => {
  const answers = [values.at(QUESTION), values.at({ ...QUESTION })];
  asked[0]!.reply({ kind: 'finished', values: VALUES });
  expect(await Promise.all(answers)).toEqual([VALUES, VALUES]);
  expect(await values.at(QUESTION)).toBe(VALUES);
  expect(asked).toHaveLength(1);
});

test('another instant, request, lane or run is another question', () => {
  void values.at(QUESTION);
  void values.at({ ...QUESTION, timeMicros: 6 });
  void values.at({ ...QUESTION, request: 3 });
  void values.at({ ...QUESTION, variant: 'queue' });
  void values.at({ ...QUESTION, input: { ...INPUT } });
  expect(asked.map(({ untilMicros }) => untilMicros)).toEqual([5, 6, 5, 5, 5]);
});

test('what another run has cut short is asked again', async () => {
  const answer = values.at(QUESTION);
  asked[0]!.reply({ kind: 'cancelled' });
  expect(await answer).toBeUndefined();
  void values.at(QUESTION);
  expect(asked).toHaveLength(2);
});
