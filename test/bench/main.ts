/**
 * `npm run bench`: how fast the simulator is, beside others that simulate the same. Only ratios within one run mean something: on a
 * machine with neighbours the absolute numbers change from minute to minute. `npm run bench -- --quick` measures less.
 */
import { findContestants, type Contestant, type Field, type Model } from './contestants';
import { wrongMean } from './gate';
import { Goals } from './goals';
import { measure, takeSample, type Measured, type Runner } from './rounds';

export interface Places {
  readonly bundles: string;
  readonly sources: string;
}

const TITLES: Readonly<Record<Model, string>> = {
  mm1: 'M/M/1: ns for a customer',
  chain: 'Chain of three services, 1 % loss, timeouts and three attempts, 1000/s: ns for a request',
};

export function bench(places: Places, quick: boolean): void {
  const rounds = quick ? 3 : 5;
  const share = quick ? 0.25 : 1;
  const began = performance.now();
  const field = findContestants(places.bundles, places.sources);
  const goals = new Goals();
  for (const model of ['mm1', 'chain'] as const) models(field, model, share, rounds, goals);
  const own = (name: string, ...parameters: (string | number)[]): Runner => ({
    name: [name, ...parameters].join(' '),
    command: [process.execPath, `${places.bundles}/${name}.js`, ...parameters.map(String)],
  });
  scaling(own, quick, goals);
  statecharts(own, quick ? 50_000 : 200_000, quick ? 1 : 3, goals);
  smallParts(own, quick, goals);
  goals.print();
  console.log(`\n${Math.round((performance.now() - began) / 1000)} s`);
}

function models(field: Field, model: Model, share: number, rounds: number, goals: Goals): void {
  console.log(`\n${TITLES[model]}`);
  const right = field.contestants.map((contestant) => asRunner(contestant, model, share)).filter((runner) => isRight(model, runner));
  const results = measure(right, rounds);
  const nanos = (name: string): number | undefined => results.find((result) => result.name.startsWith(name))?.nanos;
  const [hand, python] = [nanos('hand'), nanos('SimPy')];
  console.log(row('', 'median', '[min – max]', '× hand', '× SimPy', 'mean'));
  for (const { name, nanos: time, low, high, mean } of [...results].sort((one, other) => one.nanos - other.nanos)) {
    console.log(row(name, ns(time), `[${ns(low)} – ${ns(high)}]`, ratio(time, hand), ratio(python, time), mean.toFixed(2)));
  }
  for (const name of field.missing) console.log(`  ${name.padEnd(22)}skipped: not installed`);
  const product = nanos('Async Lab')!;
  if (model === 'mm1') {
    goals.atMost('M/M/1, time over that of the hand-tuned loop', over(product, hand), 2.5);
    goals.atLeast('M/M/1, times as fast as SimPy', over(python, product), 30);
  } else {
    goals.atMost('chain, time over that of the hand-tuned loop', over(product, hand), 1.6);
    goals.atLeast('chain, times as fast as SIM.JS', over(nanos('SIM.JS'), product), 2.5);
  }
}

function asRunner({ name, command, counts }: Contestant, model: Model, share: number): Runner {
  const [program = '', ...parameters] = command.map((part) => part.replace(/hand\.js$/, `hand-${model}.js`));
  const named = name === 'hand-tuned loop' ? [] : [model];
  return { name, command: [program, ...parameters, ...named, String(Math.round(counts[model] * share)), '1000'] };
}

function isRight(model: Model, runner: Runner): boolean {
  const wrong = wrongMean(model, takeSample(runner));
  if (wrong !== undefined) console.log(`  ${runner.name}: not measured, ${wrong}`);
  return wrong === undefined;
}

type Own = (name: string, ...parameters: (string | number)[]) => Runner;

function scaling(own: Own, quick: boolean, goals: Goals): void {
  const rates = [100, 1_000, 10_000, 100_000];
  const requests = quick ? 20_000 : 50_000;
  console.log('\nChain as the load grows: ns for a request');
  console.log(row('', ...rates.map((rate) => `${rate}/s`), 'exponent'));
  const runners = rates.flatMap((rate) => [own('hand-chain', requests, rate), own('product', 'chain', requests, rate)]);
  const all = measure(runners, quick ? 1 : 3).map(({ nanos }) => nanos);
  for (const [which, title] of ['hand-tuned loop', 'Async Lab'].entries()) {
    const times = all.filter((_, at) => at % 2 === which);
    const exponent = Math.log(times.at(-1)! / times[0]!) / Math.log(rates.at(-1)! / rates[0]!);
    console.log(row(title, ...times.map(ns), exponent.toFixed(3)));
    if (which === 1) goals.atMost('scaling exponent of the chain, load × 1000', exponent, 0.11, '');
  }
}

function statecharts(own: Own, sends: number, rounds: number, goals: Goals): void {
  console.log('\nStatecharts: ns for a transition');
  for (const [kind, limit] of [
    ['unguarded', 100],
    ['guarded', 30],
  ] as const) {
    const [actor, driver] = measure([own('statechart', kind, 'actor', sends), own('statechart', kind, 'driver', sends * 20)], rounds);
    console.log(row(`${kind}, XState actor`, ns(actor!.nanos)));
    console.log(row(`${kind}, specialised`, ns(driver!.nanos), '', ratio(actor!.nanos, driver!.nanos)));
    goals.atLeast(`statechart ${kind}, times as fast as actor.send`, actor!.nanos / driver!.nanos, limit);
  }
}

function smallParts(own: Own, quick: boolean, goals: Goals): void {
  console.log('\nParts');
  const awaits = quick ? 100_000 : 400_000;
  const requests = quick ? 30_000 : 100_000;
  const parts = measure(
    [
      own('product', 'await', awaits),
      own('product', 'await-nested', awaits),
      own('trace', 'record', requests),
      own('product', 'chain', requests, 1000),
    ],
    quick ? 1 : 3,
  );
  const [flat, nested, trace, chain] = parts as [Measured, Measured, Measured, Measured];
  console.log(row('await ctx.sleep', `${ns(flat.nanos)} ns with its event`));
  console.log(row('the same, one function deeper', `${ns(nested.nanos)} ns with its event`));
  console.log(
    row('trace, digest and metrics', `${ns(trace.nanos)} ns a request of the chain`, `${((100 * trace.nanos) / chain.nanos).toFixed(0)} %`),
  );
  const seek = takeSample(own('trace', 'seek', quick ? 46_000 : 460_000));
  console.log(row('seek', `${(seek.seconds * 1000).toFixed(2)} ms, median`, `in ${(seek.count / 1e6).toFixed(1)} million records`));
  goals.atMost('seek in a long trace, median', seek.seconds * 1000, 1, 'ms');
}

const over = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? undefined : one / other;

const ratio = (one: number | undefined, other: number | undefined): string => {
  const value = over(one, other);
  return value === undefined ? '–' : value.toFixed(value < 10 ? 2 : 0);
};

const ns = (nanos: number): string => (nanos < 10 ? nanos.toFixed(1) : Math.round(nanos).toLocaleString('en'));

function row(name: string, ...cells: string[]): string {
  return `  ${name.padEnd(30)}${cells.map((cell) => cell.padStart(cell.startsWith('[') ? 22 : 9)).join(' ')}`;
}
