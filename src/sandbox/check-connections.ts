/** The shape of connections: what their ends announce, and how they stand where a kept trace begins. */
import * as v from 'valibot';
import { CONNECTION_PHASES } from '../model/connection-state';
import { FrameType } from '../model/frame';
import { LIMITS } from '../model/limits';
import { count, list, micros } from './check-basics';

/** A window may be full of frames of one byte. */
const FRAMES_MAX = 2 ** 24;

const window = v.pipe(v.number(), v.safeInteger());

export const flowSettings = v.strictObject({ maxConcurrentStreams: count, initialWindowBytes: count, connectionWindowBytes: count });

const streamEnd = v.strictObject({
  windowBytes: window,
  blockedBy: v.nullable(v.picklist(['stream', 'connection'])),
  hasEnded: v.boolean(),
  peerHasEnded: v.boolean(),
  isClosed: v.boolean(),
});
const stream = v.strictObject({ stream: count, request: window, sinceMicros: micros, ends: v.strictTuple([streamEnd, streamEnd]) });
const frameType = v.picklist(Object.values(FrameType));
const underWay = v.strictObject({ type: frameType, stream: count, request: window, sinceMicros: micros });
const connectionEnd = v.strictObject({ windowBytes: window, streamWindowBytes: count, underWay: list(underWay, FRAMES_MAX) });

export const connectionState = v.strictObject({
  place: count,
  number: count,
  phase: v.picklist(CONNECTION_PHASES),
  sinceMicros: micros,
  knowsLimit: v.boolean(),
  ends: v.strictTuple([connectionEnd, connectionEnd]),
  streams: list(stream, LIMITS.connectionStreams),
});
