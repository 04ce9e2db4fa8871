/** What trace and metrics cost: the trace of a run of the chain, recorded again, folded again, and looked at somewhere at random. */
import { SceneReader } from '../../../src/metrics/scene';
import { SummaryFold } from '../../../src/metrics/summary-fold';
import type { LaneResult } from '../../../src/model/run-result';
import { Recorder } from '../../../src/sim/recorder';
import { prepareRun, startRun } from '../../../src/world/run';
import { chainScenario } from '../scenarios';
import { report } from './report';

const [what = '', requests = ''] = process.argv.slice(2);
const evaluate = (parameters: string[], code: string) => new Function(...parameters, code) as () => unknown;
const prepared = prepareRun(chainScenario(Number(requests), 1000), { variant: null, evaluate });
if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
const { scenario } = prepared.value;
const run = startRun(prepared.value, { evaluate, keepTrace: true, traceBytes: Infinity });
while (run.advance(1 << 20));
const lane = run.finish();

if (what === 'seek') seek(lane);
else recordAgain(lane);

/** The median time from one random instant to another. */
function seek(lane: LaneResult): void {
  const reader = new SceneReader(lane);
  const times: number[] = [];
  // A sequence that fills the run evenly and goes to and fro: multiples of the golden ratio.
  for (let turn = 1; turn <= 400; turn++) {
    const instant = Math.floor(((turn * 0.6180339887498949) % 1) * lane.endMicros);
    const began = performance.now();
    reader.at(instant);
    times.push(performance.now() - began);
  }
  times.sort((one, other) => one - other);
  report({ count: lane.totalRecords, seconds: times[times.length >> 1]! / 1000, mean: NaN });
}

function recordAgain(lane: LaneResult): void {
  const fold = new SummaryFold(scenario, lane.places);
  const recorder: Recorder = new Recorder({
    onChunk: (chunk) => {
      fold.add(chunk);
      recorder.recycle(chunk);
    },
    onRequests: (chunk) => {
      fold.addRequests(chunk);
      recorder.recycleRequests(chunk);
    },
  });
  const began = performance.now();
  for (const { count, time, kind, place, request, subject, detail, value } of lane.chunks) {
    for (let at = 0; at < count; at++) {
      recorder.record(time[at]!, kind[at] as never, place[at]!, request[at]!, subject[at]!, detail[at]!, value[at]!);
    }
  }
  for (const rows of lane.requests) {
    const { count, request, client, outcome, started, accepted, ended, held, tr, td, ts, tp } = rows;
    for (let at = 0; at < count; at++) {
      recorder.request(
        ...([request[at]!, client[at]!, outcome[at] as never, started[at]!, accepted[at]!, ended[at]!] as const),
        ...([held[at]!, tr[at]!, td[at]!, ts[at]!, tp[at]!] as const),
      );
    }
  }
  recorder.flush();
  const digest = recorder.digest();
  const seconds = (performance.now() - began) / 1000;
  if (digest !== lane.summary.digest) throw new Error('the trace recorded again has another digest');
  report({ count: lane.summary.requests.N, seconds, mean: NaN });
}
