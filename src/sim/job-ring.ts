/** The jobs of virtual promises (ECMA-262 §9.5), in the order in which they were added: columns in a ring that doubles when full. */

/** What waits for a promise: called once, as a job, with how it ended. */
export interface Settler {
  settled(ok: boolean, value: unknown): void;
}

let settlers: (Settler | undefined)[] = new Array<undefined>(1024).fill(undefined);
let oks: boolean[] = new Array<boolean>(1024).fill(true);
let values: unknown[] = new Array<unknown>(1024).fill(undefined);
let mask = 1023;
let head = 0;
let tail = 0;

export function addJob(settler: Settler, ok = true, value: unknown = undefined): void {
  settlers[tail] = settler;
  oks[tail] = ok;
  values[tail] = value;
  tail = (tail + 1) & mask;
  if (tail === head) growRing();
}

function growRing(): void {
  const length = settlers.length;
  settlers = [...settlers.slice(head), ...settlers.slice(0, head), ...new Array<undefined>(length).fill(undefined)];
  oks = [...oks.slice(head), ...oks.slice(0, head), ...new Array<boolean>(length).fill(true)];
  values = [...values.slice(head), ...values.slice(0, head), ...new Array<undefined>(length).fill(undefined)];
  mask = length * 2 - 1;
  head = 0;
  tail = length;
}

/** Runs every waiting job, and those they add. The kernel calls it after each event. */
export function drainJobs(): void {
  while (head !== tail) {
    const settler = settlers[head]!;
    const ok = oks[head]!;
    const value = values[head];
    settlers[head] = undefined;
    values[head] = undefined;
    head = (head + 1) & mask;
    settler.settled(ok, value);
  }
}

/** Forgets all waiting jobs. */
export function clearRing(): void {
  settlers.fill(undefined);
  values.fill(undefined);
  head = tail = 0;
}
