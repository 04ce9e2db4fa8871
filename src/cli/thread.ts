/** A thread of its own for simulations, locked down like the sandbox of the page: learners' code runs only here. */
import { parentPort } from 'node:worker_threads';
import { runAudits } from '../assess/audit/run-audits';
import { checkLesson } from '../assess/check-lesson';
import type { Result } from '../model/problem';
import type { LaneResult } from '../model/run-result';
import { AllocationMeter } from '../sandbox/allocation-meter';
import { evaluate } from '../sandbox/evaluate';
import { HANDLER_API } from '../sandbox/handler-api';
import { lockDown } from '../sandbox/lockdown';
import { prepareRun, startRun } from '../world/run';
import type { Job, JobProgress, JobReply, RunJob } from './job';

/** Nothing interrupts a thread of the command line, so a slice may be long. */
const SLICE_EVENTS = 10_000_000;

const port = parentPort!;
const meter = new AllocationMeter();

lockDown({ meter, alsoFreeze: HANDLER_API });
port.on('message', (job: Job) => port.postMessage(work(job)));

function work(job: Job): JobReply {
  meter.reset();
  if (job.kind === 'run') return { kind: 'run', result: simulate(job.run) };
  if (job.kind === 'check') return { kind: 'check', report: toTheEnd(checkLesson(job.lesson, job.files, evaluate, SLICE_EVENTS)) };
  const surroundings = {
    // Each run may allocate as much as one by itself.
    door: { prepareRun: (...asked: Parameters<typeof prepareRun>) => (meter.reset(), prepareRun(...asked)), startRun },
    evaluate,
    sliceEvents: () => SLICE_EVENTS,
    onProgress: (progress: JobProgress['progress']) => port.postMessage({ kind: 'progress', progress } satisfies JobProgress),
  };
  return { kind: 'audit', result: toTheEnd(runAudits(job.request, surroundings)) };
}

function toTheEnd<Value>(steps: Generator<undefined, Value>): Value {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

function simulate({ file, variant, seed, engine, maxEvents, keepTrace }: RunJob): Result<LaneResult> {
  const prepared = prepareRun(file, { variant, ...(seed === undefined ? {} : { seed }), evaluate });
  if (!prepared.ok) return prepared;
  const run = startRun(prepared.value, {
    evaluate,
    engine,
    keepTrace,
    traceBytes: Infinity,
    ...(maxEvents === undefined ? {} : { maxEvents }),
  });
  while (run.advance(SLICE_EVENTS));
  return { ok: true, value: run.finish() };
}
