/** The product itself, by its one door: scenario file, compiled handlers, statecharts, trace, metrics and invariants, all on. */
import { prepareRun, startRun } from '../../../src/world/run';
import { awaitScenario, chainScenario, mm1Scenario } from '../scenarios';
import { report } from './report';

const [model = '', count = '', perSecond = '1000'] = process.argv.slice(2);
const evaluate = (parameters: string[], code: string) => new Function(...parameters, code) as () => unknown;

const prepared = prepareRun(scenario(), { variant: null, evaluate });
if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
const run = startRun(prepared.value, { evaluate, keepTrace: false });
const began = performance.now();
while (run.advance(1 << 20));
const { requests, violations } = run.finish().summary;
const seconds = (performance.now() - began) / 1000;
if (violations.length > 0) throw new Error(violations[0]);
const isAwait = model.startsWith('await');
report({ count: isAwait ? Number(count) : requests.N, seconds, mean: (requests.T.meanMs ?? NaN) / (model === 'mm1' ? 1000 : 1) });

function scenario(): unknown {
  if (model === 'mm1') return mm1Scenario(Number(count));
  if (model === 'chain') return chainScenario(Number(count), Number(perSecond));
  return awaitScenario(Number(count), model === 'await-nested');
}
