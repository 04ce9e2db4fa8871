import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonPlace } from '../../../src/model/policies/json-place';
import { readMachineFile } from '../../../src/model/policies/machine-file';

const TEXT = `{
  "initial": "closed",
  "states": {
    "closed": { "on": { "call": [{ "actions": "permit" }, "gone"] } }
  }
}`;
const at = (...path: (string | number)[]) => {
  const { line, column } = jsonPlace(TEXT, path);
  return `${line}:${column}`;
};

test('a key, an item of a list, and what encloses what is not there', () => {
  expect(at('states', 'closed')).toBe('4:5');
  expect(at('states', 'closed', 'on', 'call', 1)).toBe('4:59');
  expect(at('states', 'closed', 'after')).toBe('4:5');
  expect(at()).toBe('1:1');
});

test('in a text that is no JSON, the place where reading ends', () => {
  expect(jsonPlace('{\n  "a": 1\n  "b": 2\n}', [])).toEqual({ line: 3, column: 3 });
  expect(jsonPlace('{ "a": tru }', [])).toEqual({ line: 1, column: 8 });
  expect(jsonPlace('{} x', [])).toEqual({ line: 1, column: 4 });
  expect(jsonPlace('', [])).toEqual({ line: 1, column: 1 });
});

test('every part of every JSON is found where it stands', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double({ noNaN: true }), fc.array(fc.integer()))), (file) => {
      const text = JSON.stringify(file, null, 2);
      for (const key of Object.keys(file)) {
        const { line, column } = jsonPlace(text, [key]);
        expect(
          text
            .split('\n')
            [line - 1]!.slice(column - 1)
            .startsWith(`${JSON.stringify(key)}:`),
        ).toBe(true);
      }
    }),
  );
});

test('what is wrong with a statechart is told at its line', () => {
  const read = readMachineFile('a.machine.json', TEXT, 'breaker');
  expect(read.ok ? [] : read.problems).toEqual([
    expect.objectContaining({ key: expect.stringContaining('problem.machineTarget'), file: 'a.machine.json', line: 4, column: 59 }),
  ]);
});
