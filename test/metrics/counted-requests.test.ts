/** A relay that works in the background loads what it reaches and is in nobody's N, T, Q and R. */
import { expect, it } from 'vitest';
import { requestsUpTo } from '../../src/metrics/compare-numbers';
import { clientsOf } from '../../src/metrics/client-names';
import { RequestRows } from '../../src/metrics/request-rows';
import { atOnce } from '../../src/metrics/steps';
import { windowNumbers } from '../../src/metrics/window';
import { prepareRun } from '../../src/world/run';
import { evaluate } from '../../src/sandbox/evaluate';
import { theoryFor } from '../../src/theory/assess-scenario';
import { rowsOf, runFile } from '../world/run-file';

const file = (background: boolean) => ({
  version: 1,
  title: 'Two who ask one',
  seed: 3,
  duration: '100s',
  warmup: '10s',
  components: {
    people: { kind: 'client', arrivals: { poisson: '4/s' }, calls: 'server' },
    sweeper: { kind: 'client', arrivals: { poisson: '2/s' }, calls: 'server', background },
    server: { kind: 'service', workers: 1, work: { exponential: '50ms' } },
  },
  links: [
    { from: 'people', to: 'server', delay: '5ms' },
    { from: 'sweeper', to: 'server', delay: '40ms', loss: 0.2 },
  ],
  alerts: { slow: { measure: 'Q', above: '5/s' } },
});
const [all, counted] = [runFile(file(false)), runFile(file(true))];
const ofPeople = rowsOf(counted).filter(({ request }) => {
  const row = new RequestRows(counted).row(request)!;
  return counted.places[row.client]!.kind === 'client' && row.client === 0;
});
const inWindow = ofPeople.filter(({ startedMs }) => startedMs >= 10_000);

it('changes nothing that happens, only whom the numbers are about', () => {
  expect(rowsOf(counted)).toEqual(rowsOf(all));
  expect(counted.summary.components['server']).toEqual(all.summary.components['server']);
  expect(counted.summary.requests.N).toBeLessThan(all.summary.requests.N);
});

it('leaves it out of the summary, the windows and the list', () => {
  const good = inWindow.filter(({ outcome }) => outcome === 'ok');
  const { requests } = counted.summary;
  expect([requests.N, requests.Ns, requests.failed]).toEqual([inWindow.length, good.length, 0]);
  expect(requests.T.meanMs).toBeCloseTo(good.reduce((sum, { startedMs, endedMs }) => sum + endedMs - startedMs, 0) / good.length, 6);
  expect(requestsUpTo(counted, counted.endMicros)).toEqual(requests);
  const started = ofPeople.filter(({ startedMs }) => startedMs > 20_000 && startedMs <= 40_000);
  expect(windowNumbers(counted, 20e6, 40e6).N).toBe(started.length);
  expect([...atOnce(new RequestRows(counted).orderedInSteps('start', 'all'))]).toEqual(ofPeople.map(({ request }) => request));
});

it('still tells the story of one of its requests, and says whose the numbers are', () => {
  const other = rowsOf(counted).find(({ request }) => !ofPeople.some((row) => row.request === request))!;
  expect(new RequestRows(counted).row(other.request)).toMatchObject({ request: other.request, client: 1 });
  expect(clientsOf([all, counted])).toEqual({ counted: ['people', 'sweeper'], background: ['sweeper'] });
  expect(clientsOf([counted])).toEqual({ counted: ['people'], background: ['sweeper'] });
  expect([all, counted].map(({ summary }) => summary.components['sweeper'])).toMatchObject([{ background: false }, { background: true }]);
});

it('fires no alert over the requests of all clients, and loads the service in theory', () => {
  expect(all.summary.alerts[0]!.times).toBeGreaterThan(0);
  expect(counted.summary.alerts[0]!.times).toBeLessThan(all.summary.alerts[0]!.times);
  const [both, users] = [false, true].map((background) => {
    const prepared = prepareRun(file(background), { variant: null, evaluate });
    if (!prepared.ok) throw new Error('the file is right');
    return theoryFor(prepared.value.scenario)[0]!;
  });
  expect(users!.predictions!.meanSojournMs).toBe(both!.predictions!.meanSojournMs);
  expect(users!.predictions!.meanTMs).toBeCloseTo(users!.predictions!.meanSojournMs + 10, 9);
  expect(users!.predictions!.reliability).toBe(1);
  expect(both!.predictions!.reliability).toBeLessThan(1);
});
