/** Scenario files for the table. */

export type File = Readonly<Record<string, unknown>>;

/** More places to wait than anybody takes. */
export const ENDLESS = 10_000_000;

/** More workers than any row without waiting has at work. */
export const AMPLE = 400;

/** A Poisson client and one service without code, on a link that takes no time. */
export function station(
  perSecond: number,
  service: Readonly<Record<string, unknown>>,
  arrivals: unknown = { poisson: `${perSecond}/s` },
): File {
  return {
    components: {
      client: { kind: 'client', arrivals, calls: 'server' },
      server: { kind: 'service', workers: 1, waitingLimit: ENDLESS, ...service },
    },
    links: [{ from: 'client', to: 'server' }],
  };
}

/** Microseconds as a duration of the file, so that no digit of a computed mean is lost. */
export const micros = (seconds: number): string => `${Math.round(seconds * 1e6)}us`;
