import { beforeEach, expect, test } from 'vitest';
import { EVENT_BY_EVENT, PlayheadState, type Instants } from '../../src/state/playhead.svelte';

let callback: ((nowMs: number) => void) | undefined;
const frames = {
  request: (next: (nowMs: number) => void) => {
    callback = next;
    return 1;
  },
  cancel: () => (callback = undefined),
};
const EVENTS = [0, 10, 25, 1_000_000];
const instants: Instants = {
  after: (time) => EVENTS.find((event) => event > time),
  before: (time) => EVENTS.findLast((event) => event < time),
};
let playhead: PlayheadState;

function frame(nowMs: number): void {
  const next = callback;
  callback = undefined;
  next?.(nowMs);
}

beforeEach(() => {
  callback = undefined;
  playhead = new PlayheadState(frames, () => instants);
  playhead.reach(1_000_000);
});

test('plays virtual time at its speed and stops at the end', () => {
  playhead.setSpeed(2);
  playhead.play();
  frame(1_000);
  frame(1_050);
  expect(playhead.timeMicros).toBe(100_000);
  for (let now = 1_100; playhead.playing; now += 50) frame(now);
  expect(playhead.timeMicros).toBe(1_000_000);
  expect(callback).toBeUndefined();
});

test('event by event, each is shown for half a second of real time', () => {
  playhead.setSpeed(EVENT_BY_EVENT);
  playhead.play();
  const seen: number[] = [];
  for (let now = 0; now <= 1_100; now += 100) {
    frame(now);
    seen.push(playhead.timeMicros);
  }
  expect(seen).toEqual([0, 0, 0, 0, 0, 10, 10, 10, 10, 10, 25, 25]);
});

test('a tab that slept does not jump', () => {
  playhead.play();
  frame(0);
  frame(60_000);
  expect(playhead.timeMicros).toBe(100_000);
});

test('playing at the end begins again', () => {
  playhead.seek(1_000_000);
  playhead.play();
  expect(playhead.timeMicros).toBe(0);
});

test('steps event by event, both ways, and never leaves the run', () => {
  playhead.play();
  playhead.stepForward();
  expect([playhead.timeMicros, playhead.playing]).toEqual([10, false]);
  playhead.stepForward();
  playhead.stepBack();
  playhead.stepBack();
  playhead.stepBack();
  expect(playhead.timeMicros).toBe(0);
  playhead.seek(2e9);
  playhead.stepForward();
  expect(playhead.timeMicros).toBe(1_000_000);
});

test('nothing moves a locked playhead', () => {
  playhead.play();
  playhead.lock();
  playhead.play();
  playhead.stepForward();
  playhead.seek(500);
  expect([playhead.timeMicros, playhead.playing]).toEqual([0, false]);
  playhead.unlock();
  playhead.stepForward();
  expect(playhead.timeMicros).toBe(10);
});

test('a new run leaves the playhead where it was, as far as it reaches', () => {
  playhead.seek(700_000);
  playhead.reach(2_000_000);
  expect(playhead.timeMicros).toBe(700_000);
  playhead.reach(300_000);
  expect(playhead.timeMicros).toBe(300_000);
});

test('a loop plays over and over until it is ended', () => {
  playhead.seek(400_000);
  playhead.loopFromHere();
  expect(playhead.loop).toEqual({ fromMicros: 400_000, toMicros: 1_000_000 });
  playhead.seek(500_000);
  playhead.loopToHere();
  expect(playhead.loop).toEqual({ fromMicros: 400_000, toMicros: 500_000 });
  playhead.play();
  expect(playhead.timeMicros).toBe(400_000);
  for (let now = 0; now <= 90; now += 30) frame(now);
  expect(playhead.timeMicros).toBe(490_000);
  frame(120);
  expect(playhead.timeMicros).toBe(400_000);
  playhead.endLoop();
  for (let now = 150; playhead.playing; now += 50) frame(now);
  expect(playhead.timeMicros).toBe(1_000_000);
});

test('whoever goes past a loop watches on from there; playing again begins with it', () => {
  playhead.seek(100_000);
  playhead.loopToHere();
  playhead.play();
  playhead.seek(300_000);
  frame(0);
  frame(50);
  expect(playhead.timeMicros).toBe(350_000);
  playhead.pause();
  playhead.play();
  expect(playhead.timeMicros).toBe(0);
});

test('a loop of event by event has the events that lie in it', () => {
  playhead.seek(10);
  playhead.loopFromHere();
  playhead.seek(30);
  playhead.loopToHere();
  playhead.setSpeed(EVENT_BY_EVENT);
  playhead.play();
  const seen = new Set<number>();
  for (let now = 0; now <= 3_000; now += 100) {
    frame(now);
    seen.add(playhead.timeMicros);
  }
  expect([...seen]).toEqual([10, 25]);
});

test('at the end of the run no loop begins, and at its start none ends: the one that is there stays', () => {
  playhead.seek(400_000);
  playhead.loopFromHere();
  const loop = playhead.loop;
  playhead.seek(1_000_000);
  playhead.loopFromHere();
  expect(playhead.loop).toEqual(loop);
  playhead.seek(0);
  playhead.loopToHere();
  expect(playhead.loop).toEqual(loop);
});

test('a loop is cut to a shorter run, and gone with another document or where there is nothing to play', () => {
  playhead.seek(400_000);
  playhead.loopFromHere();
  playhead.reach(600_000);
  expect(playhead.loop).toEqual({ fromMicros: 400_000, toMicros: 600_000 });
  playhead.reach(300_000);
  expect(playhead.loop).toBeUndefined();
  playhead.loopToHere();
  playhead.rewind();
  expect(playhead.loop).toBeUndefined();
  playhead.loopToHere();
  expect(playhead.loop).toBeUndefined();
  playhead.lock();
  playhead.loopFromHere();
  expect(playhead.loop).toBeUndefined();
});
