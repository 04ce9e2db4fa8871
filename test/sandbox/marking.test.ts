import { describe, expect, it } from 'vitest';
import { compile } from '../../src/handlers/compile';
import { evaluate } from '../../src/sandbox/evaluate';
import { marking, withMarks } from '../../src/sandbox/marking';
import { prepareRun, startRun } from '../../src/world/run';

function scenario(source: string): unknown {
  return {
    version: 1,
    title: 'Marked',
    duration: '1s',
    components: {
      client: { kind: 'client', arrivals: { list: ['10ms'] }, calls: 'server' },
      server: { kind: 'service', handler: 'a.ts' },
    },
    links: [{ from: 'client', to: 'server' }],
    files: { 'a.ts': source },
  };
}

/** The lines that were told, and the digest, with and without being told. */
function told(source: string): { readonly lines: readonly string[]; readonly digests: readonly string[] } {
  const lines: string[] = [];
  const digests = [evaluate, marking(evaluate, (file, line) => lines.push(`${file}:${line}`))].map((evaluate) => {
    const prepared = prepareRun(scenario(source), { variant: null, evaluate });
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
    const run = startRun(prepared.value, { evaluate, keepTrace: false });
    lines.length = 0;
    while (run.advance(1_000));
    return run.finish().summary.digest;
  });
  return { lines: [...new Set(lines)], digests };
}

const SOURCE = `const LIMIT: number = 2;
async function inner(ctx: Ctx): Promise<number> {
  await ctx.sleep('1ms');
  switch (LIMIT) {
    case 2:
      return 1;
  }
  return 0;
}
export async function onRequest(request: Request, ctx: Ctx) {
  try {
    for (let turn = 0; turn < LIMIT; turn++) {
      await inner(ctx);
    }
  } finally {
    ctx.log('done');
  }
  return { ok: true };
}
`;

describe('marking', () => {
  it('tells file and line of every statement that runs, in the order in which they do', () => {
    const { lines } = told(SOURCE);
    const written = [11, 12, 13, 3, 4, 6, 16, 18].map((line) => `a.ts:${line}`);
    expect(lines.filter((line) => written.includes(line))).toEqual(written);
  });

  it('changes nothing that can be seen', () => {
    const { digests } = told(SOURCE);
    expect(digests[1]).toBe(digests[0]);
  });

  it('leaves lines and directives where they are', () => {
    const compiled = compile(SOURCE, 'a.ts');
    if (!compiled.ok) throw new Error('does not compile');
    const code = `"use strict";${compiled.module.code}`;
    const marked = withMarks(code);
    expect(marked.startsWith('"use strict";')).toBe(true);
    expect(marked.split('\n').map((line) => line.replace(/\$mark\(\d+\);/g, ''))).toEqual(code.split('\n'));
  });
});
