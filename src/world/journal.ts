/** What handlers wrote with `ctx.log`, and what they threw: lists with a limit, beside the records that say when. */
import { describeFailure } from '../handlers/failure';
import { LIMITS } from '../model/limits';
import type { CodeProblem } from '../model/problem';
import { RecordKind, type LogLine } from '../model/trace';
import type { Kernel } from '../sim/kernel';
import type { Recorder } from '../sim/recorder';
import type { ClientRequest } from './client-request';
import type { Node } from './node';

const PROBLEMS_MAX = 1_000;

export class Journal {
  readonly lines: LogLine[] = [];
  readonly problems: CodeProblem[] = [];

  constructor(
    private readonly kernel: Kernel,
    private readonly recorder: Recorder,
  ) {}

  log(node: Node, request: ClientRequest, text: string): void {
    const index = this.lines.length;
    if (index >= LIMITS.logLines) return;
    this.lines.push({ atMicros: this.kernel.now, place: node.place, request: request.id, text });
    this.recorder.record(this.kernel.now, RecordKind.logged, node.place, request.id, index, 0, 0);
  }

  handlerFailed(node: Node, request: ClientRequest, error: unknown): void {
    const index = Math.min(this.problems.length, PROBLEMS_MAX);
    this.note(error, node.handlerFile);
    this.recorder.record(this.kernel.now, RecordKind.handlerFailed, node.place, request.id, index, 0, 0);
  }

  /** Rejections that nobody waited for. They belong to no handler that could fail, so they leave no record. */
  unhandled(reasons: readonly unknown[]): void {
    for (const reason of reasons) this.note(reason, '');
  }

  private note(error: unknown, file: string): void {
    if (this.problems.length < PROBLEMS_MAX) this.problems.push(describeFailure(error, file, this.kernel.now));
  }
}
