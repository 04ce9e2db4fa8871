import { describe, expect, it } from 'vitest';
import { SceneReader } from '../../src/metrics/scene';
import { MOST_ARROWS, readStretch } from '../../src/metrics/stretch';
import { RecordKind } from '../../src/model/trace';
import { syntheticCall, syntheticQueue } from './synthetic-lane';

const lane = syntheticQueue({ requests: 200, perSecond: 20, nacks: 0.1 });
const reader = new SceneReader(lane);

/** Every message of the run, from the records alone. */
const allMessages = lane.chunks.flatMap((chunk) =>
  Array.from({ length: chunk.count }, (_, at) => at)
    .filter((at) => chunk.kind[at] === RecordKind.messageSent)
    .map((at) => ({ place: chunk.place[at]!, sent: chunk.time[at]!, arrives: chunk.value[at]! })),
);

describe('what happens in a stretch of time', () => {
  it('holds every message that is on its way at some time of it, and no other', () => {
    for (const [fromMicros, toMicros] of [
      [0, 500_000],
      [3_000_000, 3_400_000],
      [4_123_456, 4_123_556],
    ] as const) {
      const { detail } = readStretch(reader, { fromMicros, toMicros }, 100);
      const expected = allMessages.filter(({ sent, arrives }) => sent <= toMicros && arrives > fromMicros);
      expect(detail!.arrows.map(({ place, sentMicros, arrivesMicros }) => `${place} ${sentMicros} ${arrivesMicros}`).sort()).toEqual(
        expected.map(({ place, sent, arrives }) => `${place} ${sent} ${arrives}`).sort(),
      );
    }
  });

  it('gives each worker one thing at a time and each waiting row one message', () => {
    const { detail } = readStretch(reader, { fromMicros: 2_000_000, toMicros: 5_000_000 }, 100);
    const busy = detail!.spans.filter(({ part }) => part !== 'work');
    expect(busy.length).toBeGreaterThan(20);
    for (const span of busy) {
      const others = busy.filter(
        (other) => other !== span && other.place === span.place && other.row === span.row && other.part === span.part,
      );
      for (const other of others) expect(other.fromMicros >= span.toMicros || other.toMicros <= span.fromMicros).toBe(true);
    }
  });

  it('ends a wait where the worker is taken', () => {
    const { detail } = readStretch(reader, { fromMicros: 2_000_000, toMicros: 5_000_000 }, 100);
    const service = lane.places.findIndex((place) => place.kind === 'service');
    const waits = detail!.spans.filter(({ part, place }) => part === 'waiting' && place === service);
    expect(waits.length).toBeGreaterThan(5);
    for (const wait of waits.filter(({ toMicros }) => toMicros < 5_000_000)) {
      expect(
        detail!.spans.some(({ part, request, fromMicros }) => part === 'held' && request === wait.request && fromMicros === wait.toMicros),
      ).toBe(true);
    }
  });

  it('counts the same in its columns as a scene at their start', () => {
    const stretch = { fromMicros: 1_000_000, toMicros: 6_000_000 };
    const { columns } = readStretch(reader, stretch, 50);
    for (let column = 0; column < 50; column += 7) {
      const scene = reader.at(1_000_000 + column * 100_000);
      scene.places.forEach(({ waiting, busy }, place) => {
        expect([columns.waiting[place * 50 + column], columns.busy[place * 50 + column]]).toEqual([waiting, busy]);
      });
    }
    const sent = columns.sent.reduce((sum, value) => sum + value, 0);
    expect(sent).toBe(allMessages.filter((message) => message.sent > stretch.fromMicros && message.sent <= stretch.toMicros).length);
  });

  it('gives up on single messages when there are too many, and counts them from the profile when there are very many', () => {
    const long = new SceneReader(syntheticCall({ requests: 12_000, perSecond: 100, workers: 4, workMicros: 30_000 }));
    const whole = readStretch(long, { fromMicros: 0, toMicros: long.lane.endMicros }, 40);
    const sent = long.at(long.lane.endMicros).places.reduce((sum, { counts }) => sum + counts[RecordKind.messageSent]!, 0);
    expect(sent).toBeGreaterThan(MOST_ARROWS);
    expect(whole.detail).toBeUndefined();
    const counted = whole.columns.sent.reduce((sum, value) => sum + value, 0);
    // The profile is exact to a few hundred records at the last column.
    expect(Math.abs(counted - sent)).toBeLessThan(256);
  });
});
