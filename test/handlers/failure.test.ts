import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../src/handlers/failure';
import { failureOf } from './virtual-run';

const tick = (body: string) => failureOf(`export async function onTick() {\n${body}\n}`);

describe('describeFailure', () => {
  it('names file, line, column and virtual time of a throw', () => {
    expect(
      failureOf(
        'const ok: boolean = true\nexport async function onTick(): Promise<void> {\n  const wait: number = 1; await wait; throw new RangeError("too far")\n}',
      ),
    ).toEqual({
      path: 'files.greeter.ts',
      key: 'problem.handlerThrew',
      params: { message: 'RangeError: too far' },
      file: 'greeter.ts',
      line: 3,
      column: 45,
      atMicros: 5,
    });
  });

  it('rebuilds the virtual async stack from who waited for whom', () => {
    const source = [
      'const deepest = async () => {',
      '  await null',
      '  throw new Error("deep")',
      '}',
      'async function middle() {',
      '  const all = Promise.all([',
      '    deepest(),',
      '  ])',
      '  return await all.then((x) => x)',
      '}',
      'export const onTick = async () => {',
      '  await middle()',
      '}',
    ].join('\n');
    expect(failureOf(source)).toMatchObject({
      line: 3,
      column: 9,
      stack: [
        { file: 'greeter.ts', line: 9, functionName: 'middle' },
        { file: 'greeter.ts', line: 12, functionName: 'onTick' },
      ],
    });
  });

  it.each([
    ['throw null', 'null'],
    ['throw undefined', 'undefined'],
    ['throw "text"', 'text'],
    ['throw Symbol("s")', 'Symbol(s)'],
    ['throw 5n', '5'],
    ['throw {}', '(object)'],
    ['throw () => 1', '(function)'],
    ['throw { get message() { throw 1 }, get name() { throw 2 }, get stack() { throw 3 } }', '(object)'],
    ['throw { toString() { throw 1 } }', '(object)'],
    ['throw new Proxy({}, { get() { throw 1 } })', '(object)'],
    ['throw Object.assign(new Error("m"), { name: "Mine" })', 'Mine: m'],
    ['throw Object.assign(new Error("m"), { message: 5, name: "" })', '(object)'],
    ['throw new Error("a".repeat(10000))', 'a'.repeat(500)],
  ])('makes a safe text of %s', (body, message) => {
    expect(tick(body)).toMatchObject({ key: 'problem.handlerThrew', params: { message } });
  });

  it('hands on the problem of an error that the lab threw at the handler', () => {
    expect(tick('const { sin } = Math; sin(1)')).toMatchObject({ key: 'problem.codeUnavailable', params: { name: 'Math.sin' } });
    expect(tick('return exponential(20)')).toMatchObject({ file: 'greeter.ts', line: 2, column: 8 });
  });

  it.each([
    ['V8', 'Error: x\n    at f (handler:greeter.ts:4:2)\n    at onTick (handler:greeter.ts:5:1)'],
    ['SpiderMonkey', 'f@handler:greeter.ts:4:2\nonTick@handler:greeter.ts:5:1\n'],
    ['JavaScriptCore', 'f@handler:greeter.ts:4:2\nmodule code@handler:greeter.ts:5:1'],
  ])('reads a stack of %s', (_engine, stack) => {
    tick('return 1\n\n\n'); // loads the file, whose code begins two lines further down in Node's count
    expect(describeFailure(Object.assign(new Error('x'), { stack }), '', 0)).toMatchObject({ file: 'greeter.ts', line: 2 });
  });

  it('falls back to where the handler begins that answers', () => {
    tick('return 1');
    const place = { line: 1, column: 8 };
    expect(describeFailure('text', 'greeter.ts', 7)).toMatchObject({ file: 'greeter.ts', ...place });
  });

  it('falls back to the given file, and to its first line', () => {
    expect(describeFailure('text', 'other.ts', 7)).toEqual({
      path: 'files.other.ts',
      key: 'problem.handlerThrew',
      params: { message: 'text' },
      file: 'other.ts',
      line: 1,
      column: 1,
      atMicros: 7,
    });
  });
});
