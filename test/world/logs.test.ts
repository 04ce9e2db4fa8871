/** `ctx.log` and its levels. */
import { describe, expect, it } from 'vitest';
import { traceLines } from '../../src/cli/trace-lines';
import { LIMITS } from '../../src/model/limits';
import { LogLevel } from '../../src/model/log-level';
import { RecordKind } from '../../src/model/trace';
import { passes } from '../../src/ui/log/sentence';
import { recordsOf, runFile } from './run-file';
import { coded } from './scenarios';

const written = (onTick: string) => runFile(coded(onTick));

describe('ctx.log', () => {
  const LEVELS = `ctx.log('plain', 1); ctx.log.debug('d'); ctx.log.info('i'); ctx.log.warn('w', { n: 2 }); ctx.log.error(new Error('no').message)`;

  it('writes lines with a level, a plain one at info', () => {
    const lane = written(LEVELS);
    expect(lane.log.map(({ level, text }) => `${level} ${text}`)).toEqual([
      'info plain 1',
      'debug d',
      'info i',
      'warn w {"n":2}',
      'error no',
    ]);
    expect(lane.summary.log).toEqual({ debug: 1, info: 2, warn: 1, error: 1, dropped: 0 });
    const { info, debug, warn, error } = LogLevel;
    expect(recordsOf(lane, RecordKind.logged).map(({ detail }) => detail)).toEqual([info, debug, info, warn, error]);
  });

  it('is one function with four, which code may take out and cannot change', () => {
    const lane = written(
      `const { log } = ctx; const { warn } = log; log('a'); warn('b'); try { log.warn = 1 } catch (error) { log.error(error.name) } log(ctx.log === log)`,
    );
    expect(lane.log.map(({ text }) => text)).toEqual(['a', 'b', 'TypeError', 'true']);
  });

  it('shows that a line is longer than there is room for', () => {
    const { log } = written(
      `ctx.log('x'.repeat(${LIMITS.logLength})); ctx.log('x'.repeat(${LIMITS.logLength}), 'y'); ctx.log.warn('z'.repeat(5000), 'y'.repeat(5000))`,
    );
    expect(log.map(({ text }) => [text.length, text.endsWith('…')])).toEqual([
      [LIMITS.logLength, false],
      [LIMITS.logLength, true],
      [LIMITS.logLength, true],
    ]);
  });

  it('counts the lines for which there is no room', () => {
    const { log, summary } = written(`for (let n = 0; n < ${LIMITS.logLines + 7}; n++) ctx.log.debug(n); ctx.log.error('last')`);
    expect(log).toHaveLength(LIMITS.logLines);
    expect(summary.log).toEqual({ debug: LIMITS.logLines + 7, info: 0, warn: 0, error: 1, dropped: 8 });
  });

  it('is in the trace of the command line with its level and text', () => {
    const lines = [...traceLines(written(LEVELS))];
    const logged = lines.filter((line) => line.includes('"logged"')).map((line) => JSON.parse(line) as { level: string; text: string });
    expect(logged.map(({ level, text }) => `${level} ${text}`)[3]).toBe('warn w {"n":2}');
  });
});

describe('the event log', () => {
  const shown = (filter: 'logged' | 'trouble' | 'all', least: 'debug' | 'info' | 'warn' | 'error'): string[] =>
    (['debug', 'info', 'warn', 'error'] as const).filter((level) => passes(filter, RecordKind.logged, LogLevel[level], least));

  it('shows lines from a level on, and counts those from warn on as trouble', () => {
    expect(shown('logged', 'debug')).toEqual(['debug', 'info', 'warn', 'error']);
    expect(shown('logged', 'info')).toEqual(['info', 'warn', 'error']);
    expect(shown('logged', 'error')).toEqual(['error']);
    expect(shown('trouble', 'debug')).toEqual(['warn', 'error']);
    expect(shown('all', 'error')).toEqual(['debug', 'info', 'warn', 'error']);
  });
});
