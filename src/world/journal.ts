/** What handlers wrote with `ctx.log`, and what they threw: lists with a limit, beside the records that say when. */
import { describeFailure } from '../handlers/failure';
import { LIMITS } from '../model/limits';
import { LogLevel, type LogLevelName } from '../model/log-level';
import type { CodeProblem, Problem } from '../model/problem';
import type { LogSummary } from '../model/summary';
import { RecordKind, type LogLine } from '../model/trace';
import type { Kernel } from '../sim/kernel';
import type { Recorder } from '../sim/recorder';
import type { ClientRequest } from './client-request';
import type { Node } from './node';

const PROBLEMS_MAX = 1_000;

export class Journal {
  readonly lines: LogLine[] = [];
  readonly problems: CodeProblem[] = [];
  private readonly written: Record<LogLevelName, number> = { debug: 0, info: 0, warn: 0, error: 0 };

  constructor(
    private readonly kernel: Kernel,
    private readonly recorder: Recorder,
  ) {}

  /** Lines for which there is no room any more are counted. */
  log(node: Node, request: ClientRequest, level: LogLevelName, text: string): void {
    this.written[level]++;
    const index = this.lines.length;
    if (index >= LIMITS.logLines) return;
    this.lines.push({ atMicros: this.kernel.now, place: node.place, request: request.id, level, text });
    this.recorder.record(this.kernel.now, RecordKind.logged, node.place, request.id, index, LogLevel[level], 0);
  }

  get summary(): LogSummary {
    const { debug, info, warn, error } = this.written;
    return { debug, info, warn, error, dropped: debug + info + warn + error - this.lines.length };
  }

  handlerFailed(node: Node, request: ClientRequest, error: unknown): void {
    const index = Math.min(this.problems.length, PROBLEMS_MAX);
    this.note(error, node.handlerFile);
    this.recorder.record(this.kernel.now, RecordKind.handlerFailed, node.place, request.id, index, 0, 0);
  }

  /**
   * Rejections that nobody waited for. They belong to no handler that could fail, so they leave no record.
   *
   * @param node whose code went on when they were rejected, where that is known
   */
  unhandled(reasons: readonly unknown[], node: Node | undefined): void {
    for (const reason of reasons) this.note(reason, node?.handlerFile ?? '', 'problem.promiseUnheard');
  }

  /** `thrown`: the sentence for what has none of its own. */
  private note(error: unknown, file: string, thrown: Problem['key'] = 'problem.handlerThrew'): void {
    if (this.problems.length >= PROBLEMS_MAX) return;
    const failure = describeFailure(error, file, this.kernel.now);
    this.problems.push(failure.key === 'problem.handlerThrew' ? { ...failure, key: thrown } : failure);
  }
}
