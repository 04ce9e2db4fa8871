/** Takes a broken invariant: its name, the place and instant that show it, and what was found there. */
export type Report = (invariant: string, place: number, micros: number, what: string) => void;
