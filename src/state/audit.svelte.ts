/** The audits of what is open: one report at a time, made when it is asked for. It stays until another is made, and knows what it is about. */
import { AUDITS, type AuditName, type AuditReport } from '../model/audit';
import type { Problem } from '../model/problem';
import type { JsonRecord } from '../model/variant';
import type { Simulator } from './run-machine';

/** Enough to see what chance alone does; their numbers are added up. */
const SEEDS: readonly [number, ...number[]] = [1, 2, 3];

export type AuditStatus = 'empty' | 'running' | 'done' | 'cancelled' | 'failed';

export class AuditState {
  readonly seeds = SEEDS;
  #status = $state.raw<AuditStatus>('empty');
  #shares = $state.raw<Readonly<Partial<Record<AuditName, number>>>>({});
  #report = $state.raw<AuditReport>();
  #problems = $state.raw<readonly Problem[]>([]);
  /** What the report is about. */
  #file = $state.raw<JsonRecord>();
  #text = '';
  readonly #simulator: Pick<Simulator, 'audit' | 'cancel'>;

  constructor(simulator: Pick<Simulator, 'audit' | 'cancel'>) {
    this.#simulator = simulator;
  }

  get status(): AuditStatus {
    return this.#status;
  }
  get running(): boolean {
    return this.#status === 'running';
  }
  /** The newest that came to its end. */
  get report(): AuditReport | undefined {
    return this.#report;
  }
  /** The file that the report is about. */
  get file(): JsonRecord | undefined {
    return this.#file;
  }
  /** Why the newest could not be made. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Share of one audit that is done, 0 to 1. */
  shareOf(audit: AuditName): number {
    return this.#shares[audit] ?? 0;
  }

  /** Whether the report is about this file, as it is now. */
  isAbout(file: JsonRecord): boolean {
    return this.#file === file || (this.#file !== undefined && this.#text === JSON.stringify(file));
  }

  /** Makes a new report; the one that was shown stays until it is there. */
  async ask(file: JsonRecord, variant: string | null): Promise<void> {
    if (this.running) return;
    this.#status = 'running';
    this.#shares = {};
    this.#problems = [];
    const reply = await this.#simulator.audit({ file, variant, seeds: SEEDS, audits: AUDITS }, ({ audit, done, total }) => {
      this.#shares = { ...this.#shares, [audit]: total > 0 ? done / total : 1 };
    });
    if (reply.kind === 'finished') {
      this.#report = reply.report;
      this.#file = file;
      this.#text = JSON.stringify(file);
      this.#status = 'done';
    } else if (reply.kind === 'cancelled') {
      this.#status = 'cancelled';
    } else {
      this.#problems = reply.kind === 'problems' ? reply.problems : [reply.problem];
      this.#status = 'failed';
    }
  }

  cancel(): void {
    if (this.running) this.#simulator.cancel();
  }
}
