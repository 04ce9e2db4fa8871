/** Events of one instance, one after the other: what is sent while one is being processed waits until that one is finished. */
export abstract class Mailbox {
  protected busy = false;
  protected failed = false;
  /** Numbers and payloads in turn. */
  private waiting: unknown[] | undefined = undefined;

  protected abstract process(event: number, payload: unknown): void;

  protected deliver(event: number, payload: unknown): void {
    if (this.failed) throw new Error('An event was sent to a machine that an earlier error has stopped');
    if (this.busy) {
      (this.waiting ??= []).push(event, payload);
      return;
    }
    this.busy = true;
    try {
      this.process(event, payload);
      if (this.waiting !== undefined) this.processWaiting(this.waiting);
    } catch (error) {
      this.failed = true;
      throw error;
    }
    this.busy = false;
  }

  private processWaiting(waiting: unknown[]): void {
    for (let next = 0; next < waiting.length; next += 2) this.process(waiting[next] as number, waiting[next + 1]);
    this.waiting = undefined;
  }
}
