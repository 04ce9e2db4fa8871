/** Where every message of a scene stands on the stage: on a link, in a line, or where it met its end. Pure, for drawing and for pointing at. */
import { pointOnPath, type Path, type Point } from '../../geometry/path';
import type { Box, Topology } from '../../geometry/topology';
import type { GraphLink } from '../../geometry/graph';
import { carriesMessage, frameFlights, framesUnderWay, type FrameFlight } from '../../metrics/frame-flights';
import type { Flight, Mark, Scene, SceneReader } from '../../metrics/scene';
import type { DelayPart } from '../../model/delay-part';
import { RecordKind, type MessageKind } from '../../model/trace';
import { lookOf, LOST_LOOK, partOf, RETRY_LOOK, UNLIT, type Look } from './message-shapes';

export interface PlacedMessage extends Point {
  readonly look: Look;
  /** Half its width, px. */
  readonly size: number;
  readonly request: number;
  readonly message: number;
  /** 1 fully there, 0 gone. */
  readonly alpha: number;
}

/** A lost message goes this far, then it is a cross. */
const LOST_AT = 0.55;
/** Px between messages in a waiting line. */
const PITCH = 10;
/** More messages on their way than this are drawn as a flow. */
const SINGLE_MESSAGES = 1_000;

/** All messages of a way in one stroke. */
export interface Flow {
  readonly place: number;
  readonly path: Path;
  /** Of the first of them. */
  readonly kind: MessageKind;
  readonly messages: number;
  /** Px, wider for more. */
  readonly width: number;
}

/** More frames on their way than this are counted, not drawn. */
const SINGLE_FRAMES = 60;

/** About so many px lie between frames that are drawn. */
const FRAME_PITCH = 6;

/** Frames of HTTP/2 on links: small squares, dark when they carry a message. Of those that would lie on each other one is drawn. */
export function placeFrames(reader: SceneReader, scene: Scene, topology: Topology): PlacedMessage[] {
  if (framesUnderWay(scene) > SINGLE_FRAMES) return [];
  return spaced(frameFlights(reader, scene), topology).flatMap(({ place, type, request, stream, sinceMicros, arrivesMicros }) => {
    const path = topology.paths.get(place);
    if (!path) return [];
    const share = arrivesMicros > sinceMicros ? (scene.timeMicros - sinceMicros) / (arrivesMicros - sinceMicros) : 1;
    const look: Look = { shape: 'square', colour: carriesMessage(type) ? 'ink' : 'muted' };
    return [{ ...pointOnPath(path, share), look, size: 2.6, request, message: stream, alpha: 1 }];
  });
}

/**
 * One frame for each stretch of time in which they come, one that carries a message first: the stretches stand still, so a frame is drawn
 * all its way or never. They are as long as it takes to go `FRAME_PITCH`, rounded to a power of two, for frames take unequal times.
 */
function spaced(flights: readonly FrameFlight[], { paths }: Topology): readonly FrameFlight[] {
  const shown = new Map<string, FrameFlight>();
  for (const flight of flights) {
    const { place, type, sinceMicros, arrivesMicros } = flight;
    const pitchMicros = ((arrivesMicros - sinceMicros) * FRAME_PITCH) / Math.max(FRAME_PITCH, paths.get(place)?.length ?? 0);
    const stretch = 2 ** Math.ceil(Math.log2(Math.max(1, pitchMicros)));
    const key = `${place} ${stretch} ${Math.floor(arrivesMicros / stretch)}`;
    const other = shown.get(key);
    if (!other || (carriesMessage(type) && !carriesMessage(other.type))) shown.set(key, flight);
  }
  return [...shown.values()];
}

/** The ways that are drawn as flows because more than `SINGLE_MESSAGES` are on their way in all; none as long as each is drawn by itself. */
export function flowsOf(scene: Scene, { paths }: Topology): readonly Flow[] {
  if (scene.inFlight <= SINGLE_MESSAGES) return [];
  return [...paths].flatMap(([place, path]) => {
    const messages = scene.places[place]?.inFlight ?? 0;
    const kind = scene.flights.find((flight) => flight.place === place)?.kind ?? 0;
    return messages > 0 ? [{ place, path, kind, messages, width: Math.min(12, 2 + Math.log2(messages)) }] : [];
  });
}

/** Messages on links, at the instant of the scene; none when they are drawn as flows. */
export function placeFlights(scene: Scene, topology: Topology, lit: DelayPart | undefined): PlacedMessage[] {
  if (scene.inFlight > SINGLE_MESSAGES) return [];
  return scene.flights.flatMap((flight) => {
    const path = topology.paths.get(flight.place);
    return path ? [placeFlight(flight, path, scene.timeMicros, lit)] : [];
  });
}

function placeFlight(
  { kind, lost, request, message, sentMicros, arrivesMicros }: Flight,
  path: Path,
  now: number,
  lit: DelayPart | undefined,
): PlacedMessage {
  const share = arrivesMicros > sentMicros ? (now - sentMicros) / (arrivesMicros - sentMicros) : 1;
  const gone = lost && share >= LOST_AT;
  const look = gone ? LOST_LOOK : lookOf(kind);
  return { ...pointOnPath(path, gone ? LOST_AT : share), look, size: 5, request, message, alpha: lit && lit !== partOf(kind) ? UNLIT : 1 };
}

/** Where the line before a service begins, and how many of it fit; the count beside it says the rest. */
export interface WaitingLine {
  readonly x: number;
  readonly y: number;
  readonly fits: number;
}

export function waitingLineOf(box: Box, boxes: readonly Box[]): WaitingLine {
  const y = box.y + box.height / 2;
  const before = boxes.filter((other) => other !== box && other.x + other.width <= box.x && other.y < y && other.y + other.height > y);
  const room = box.x - Math.max(0, ...before.map((other) => other.x + other.width));
  return { x: box.x - 12, y, fits: Math.max(1, Math.floor((room - 28) / PITCH)) };
}

/** Those who wait before the services, next to be served nearest. */
export function placeWaiting(
  scene: Scene,
  boxes: readonly Box[],
  links: readonly GraphLink[],
  lit: DelayPart | undefined,
): PlacedMessage[] {
  return boxes.flatMap((box) => {
    if (box.node.kind !== 'service') return [];
    const fromQueue = links.some(
      ({ from, to }) =>
        to === box.node.place && boxes.some(({ node }) => node.place === from && (node.kind === 'queue' || node.kind === 'topic')),
    );
    const look = lookOf(fromQueue ? 2 : 0);
    const { x, y, fits } = waitingLineOf(box, boxes);
    return (scene.places[box.node.place]?.waitingMessages ?? []).slice(0, fits).map(({ request, message }, index) => ({
      x: x - index * PITCH,
      y,
      look,
      size: 4.2,
      request,
      message,
      alpha: lit && lit !== 'Td' ? UNLIT : 1,
    }));
  });
}

/** What was lost, refused, dropped or tried again within `glowMicros`, fading. */
export function placeMarks(scene: Scene, topology: Topology, glowMicros: number): PlacedMessage[] {
  return scene.marks.flatMap((mark) => {
    const age = scene.timeMicros - mark.atMicros;
    if (age < 0 || age >= glowMicros) return [];
    const at = markPoint(mark, topology);
    const again = mark.kind === RecordKind.retried || mark.kind === RecordKind.timedOut;
    return at
      ? [
          {
            ...at,
            look: again ? RETRY_LOOK : LOST_LOOK,
            size: 5,
            request: mark.request,
            message: mark.message,
            alpha: 1 - age / glowMicros,
          },
        ]
      : [];
  });
}

function markPoint({ kind, place }: Mark, { boxes, paths }: Topology): Point | undefined {
  const path = paths.get(place);
  if (path) return pointOnPath(path, LOST_AT);
  const box = boxes.find(({ node }) => node.place === place);
  if (!box) return undefined;
  if (kind === RecordKind.refused) return { x: box.x, y: box.y + box.height / 2 };
  return { x: box.x + box.width - 14, y: box.y };
}

/** The message nearest to a point, at most `within` px away. */
export function messageAt(messages: readonly PlacedMessage[], { x, y }: Point, within: number): PlacedMessage | undefined {
  let best: PlacedMessage | undefined;
  let least = within * within;
  for (const message of messages) {
    const square = (message.x - x) * (message.x - x) + (message.y - y) * (message.y - y);
    if (square <= least) [best, least] = [message, square];
  }
  return best;
}
