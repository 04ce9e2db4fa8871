/** What was going on every few thousand records, so that a seek folds no more than these; and counts every few hundred, to draw long runs. */
import type { LaneResult } from '../model/run-result';
import { RECORD_KINDS, RecordKind } from '../model/trace';
import { ConnectionFacts } from './connection-facts';
import { LogFacts } from './log-facts';
import { OpenWork } from './open-work';
import { pairInSteps, STEP_RECORDS, type Pairs } from './pairs';
import { TraceReader } from './trace-reader';

/** Records between two keyframes; a chunk begins with one too. */
export const KEYFRAME_RECORDS = 8_192;
/** Records between two samples of the profile; divides `KEYFRAME_RECORDS`. */
const SAMPLE_RECORDS = STEP_RECORDS;

/** Counts in the course of the run, a row of one value for each place every `SAMPLE_RECORDS` records. */
export interface Profile {
  readonly timeMicros: Float64Array;
  readonly waiting: Int32Array;
  readonly busy: Int32Array;
  readonly sent: Int32Array;
  readonly lost: Int32Array;
}

export interface Keyframes {
  readonly pairs: Pairs;
  readonly frames: readonly Keyframe[];
  /** For each chunk kept, the position in `frames` of its first. */
  readonly firstOfChunk: readonly number[];
  readonly profile: Profile;
  /** Where the counts of a place's configurations begin. */
  readonly configurationOffset: Int32Array;
  readonly logFacts: LogFacts;
}

export interface Keyframe {
  /** The first record that is not in it. */
  readonly record: number;
  /** The next keyframe, or the end of the chunk: `work` holds all that is needed up to there. */
  readonly until: number;
  readonly work: OpenWork;
}

/** Two passes over the trace: about 150 ns a record, with a rest every few hundred. */
export function* keyframesInSteps(trace: TraceReader, lane: LaneResult): Generator<undefined, Keyframes> {
  const places = lane.places.length;
  const configurationOffset = new Int32Array(places + 1);
  for (let place = 0; place < places; place++) {
    const chart = lane.charts[lane.chartOfPlace[place] ?? -1];
    configurationOffset[place + 1] = configurationOffset[place]! + Math.max(1, chart?.configurations.length ?? 0);
  }
  const pairs = yield* pairInSteps(trace);
  const samples = trace.chunks.reduce((sum, chunk) => sum + Math.ceil(chunk.count / SAMPLE_RECORDS), 0);
  const profile: Profile = {
    timeMicros: new Float64Array(samples),
    waiting: new Int32Array(samples * places),
    busy: new Int32Array(samples * places),
    sent: new Int32Array(samples * places),
    lost: new Int32Array(samples * places),
  };
  const logFacts = new LogFacts(lane.places);
  const work = OpenWork.nothing(places, configurationOffset[places]!, logFacts, ConnectionFacts.of(lane.places, lane.keptFrom.connections));
  work.counts.records.set(lane.keptFrom.missing);
  const frames: Keyframe[] = [];
  const firstOfChunk: number[] = [];
  let sample = 0;
  for (const chunk of trace.chunks) {
    const end = chunk.first + chunk.count;
    firstOfChunk.push(frames.length);
    for (let from = chunk.first; from < end; from += SAMPLE_RECORDS) {
      if ((from - chunk.first) % KEYFRAME_RECORDS === 0) {
        const until = Math.min(end, from + KEYFRAME_RECORDS);
        work.compact(pairs, trace.first, from);
        frames.push({ record: from, until, work: work.copy(pairs, trace.first, from, until) });
      }
      profile.timeMicros[sample] = chunk.time[from - chunk.first]!;
      profile.waiting.set(work.counts.waiting, sample * places);
      profile.busy.set(work.counts.busy, sample * places);
      for (let place = 0; place < places; place++) {
        profile.sent[sample * places + place] = work.counts.records[place * RECORD_KINDS + RecordKind.messageSent]!;
        profile.lost[sample * places + place] = work.counts.records[place * RECORD_KINDS + RecordKind.messageLost]!;
      }
      sample++;
      work.advance(trace, chunk, from, Math.min(end, from + SAMPLE_RECORDS), pairs, configurationOffset, logFacts);
      yield;
    }
  }
  return { pairs, frames, firstOfChunk, profile, configurationOffset, logFacts };
}
