/** The jobs of virtual promises (ECMA-262 §9.5), in the order in which they were added: two columns in a ring that doubles when full. */

/** What waits for a promise: called once, as a job, with how it ended. */
export interface Settler {
  settled(ok: boolean, value: unknown): void;
}

/** A promise that has settled; a job tells its settler how. */
export interface Settled {
  readonly state: 0 | 1 | 2;
  readonly value: unknown;
}

const NOTHING: Settled = { state: 1, value: undefined };
let settlers: (Settler | undefined)[] = new Array<undefined>(1024).fill(undefined);
let sources: Settled[] = new Array<Settled>(1024).fill(NOTHING);
let mask = 1023;
let head = 0;
let tail = 0;

export function addJob(settler: Settler, source: Settled = NOTHING): void {
  settlers[tail] = settler;
  sources[tail] = source;
  tail = (tail + 1) & mask;
  if (tail === head) growRing();
}

function growRing(): void {
  const length = settlers.length;
  settlers = [...settlers.slice(head), ...settlers.slice(0, head), ...new Array<undefined>(length).fill(undefined)];
  sources = [...sources.slice(head), ...sources.slice(0, head), ...new Array<Settled>(length).fill(NOTHING)];
  mask = length * 2 - 1;
  head = 0;
  tail = length;
}

/** Runs every waiting job, and those they add. The kernel calls it after each event. */
export function drainJobs(): void {
  while (head !== tail) {
    const settler = settlers[head]!;
    const source = sources[head]!;
    settlers[head] = undefined;
    sources[head] = NOTHING;
    head = (head + 1) & mask;
    settler.settled(source.state === 1, source.value);
  }
}

/** Forgets all waiting jobs. */
export function clearRing(): void {
  settlers.fill(undefined);
  sources.fill(NOTHING);
  head = tail = 0;
}
