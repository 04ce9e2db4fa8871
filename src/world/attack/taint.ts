/** The mark of an attacker's act on a message, which follows it until somebody has judged it. No part of the system under attack can see it. */
export class Taint {
  private isJudged = false;

  constructor(
    private readonly judged: (accepted: boolean) => void,
    /** Of an earlier attacker on its way. */
    private readonly before: Taint | undefined,
  ) {}

  /** Whoever got the message has taken it for what it seems, or not. Only the first time counts. */
  judge(accepted: boolean): void {
    this.before?.judge(accepted);
    if (this.isJudged) return;
    this.isJudged = true;
    this.judged(accepted);
  }
}
