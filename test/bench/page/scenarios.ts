/** What the page is measured with. */
import { encodeLink } from '../../../src/share/link';

/** So many messages on their way at any time after the first second: each takes a second, there or back. */
export function inFlight(messages: number): string {
  return linkTo({
    version: 1,
    title: `${messages} in flight`,
    seed: 7,
    duration: '12s',
    components: {
      client: { kind: 'client', arrivals: { poisson: `${messages / 2}/s` }, calls: 'server' },
      server: { kind: 'service', workers: 64, work: '1us' },
    },
    links: [{ from: 'client', to: 'server', delay: '1s' }],
  });
}

/** About a million records, all of which are kept. */
export function millionEvents(): string {
  return linkTo({
    version: 1,
    title: 'A million events',
    seed: 7,
    duration: '1000s',
    components: {
      client: { kind: 'client', arrivals: { poisson: '90/s' }, calls: 'server' },
      server: { kind: 'service', workers: 1, work: { exponential: '10ms' } },
    },
    links: [{ from: 'client', to: 'server', delay: '40ms' }],
  });
}

function linkTo(scenario: Readonly<Record<string, unknown>>): string {
  return encodeLink({ scenario, seed: undefined, timeMicros: 0, variant: null, selection: undefined, language: 'en', lessonId: undefined });
}
