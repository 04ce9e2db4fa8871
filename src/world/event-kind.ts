/** What the kernel can wake the world for; the target's type follows from the kind. */
export const EventKind = {
  /** ClientNode: the next arrival. */
  arrival: 1,
  /** Message. */
  deliver: 2,
  /** Message whose work, given in the scenario instead of code, is done. */
  workDone: 3,
  /** Operation: a `ctx.work` or `ctx.sleep` ends. */
  wake: 4,
  /** Call. */
  callTimeout: 5,
  /** Call. */
  backoffOver: 6,
  /** Stored. */
  ackTimeout: 7,
  /** ClientRequest that nothing can save any more, at its deadline. */
  deadline: 8,
  /** Something with `request` and `ring()`: any other timer that belongs to a client's request. */
  alarm: 9,
  /** Something with `tick()`: the world's own doings, which carry no request. */
  tick: 10,
} as const;
