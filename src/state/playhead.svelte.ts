/** Where in virtual time the page looks. The only place that asks for animation frames; views are functions of `timeMicros`. */
import { SECOND, type Micros } from '../model/time';

/** Virtual seconds for each real second. */
export const SPEEDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 100] as const;
/** A speed of its own: one event after the other, however far apart they are. */
export const EVENT_BY_EVENT = 0;

/** The nearest instant of an event after, or before, a time; undefined when there is none. */
export interface Instants {
  after(timeMicros: Micros): Micros | undefined;
  before(timeMicros: Micros): Micros | undefined;
}

export interface Frames {
  request(callback: (nowMs: number) => void): number;
  cancel(handle: number): void;
}

/** A stretch of the run that plays over and over. */
export interface Loop {
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
}

/** A tab that was in the background must not jump: no frame moves more than this much real time. */
const LONGEST_FRAME_MS = 100;
/** Real time that each event is shown for at `EVENT_BY_EVENT`. */
const EVENT_MS = 500;

export class PlayheadState {
  #timeMicros = $state.raw(0);
  #endMicros = $state.raw(0);
  #playing = $state.raw(false);
  #speed = $state.raw(1);
  #locked = $state.raw(false);
  #loop = $state.raw<Loop>();
  /** Where the first run of a document begins; the run's end is not known before it is there. */
  #startMicros = 0;
  #frame: number | undefined;
  #lastMs: number | undefined;
  readonly #frames: Frames;
  readonly #instants: () => Instants;
  readonly #waits: () => boolean;

  /** `waits` says that what is to be shown here is still on its way: nothing moves by itself meanwhile. */
  constructor(frames: Frames, instants: () => Instants, waits = () => false) {
    this.#frames = frames;
    this.#instants = instants;
    this.#waits = waits;
  }

  get timeMicros(): Micros {
    return this.#timeMicros;
  }
  get endMicros(): Micros {
    return this.#endMicros;
  }
  get playing(): boolean {
    return this.#playing;
  }
  /** One of `SPEEDS`, or `EVENT_BY_EVENT`. */
  get speed(): number {
    return this.#speed;
  }
  /** While locked, nothing moves: a lesson waits for a prediction. */
  get locked(): boolean {
    return this.#locked;
  }

  /** What plays over and over; undefined when the run plays to its end. */
  get loop(): Loop | undefined {
    return this.#loop;
  }

  play(): void {
    if (this.#locked || this.#playing || this.#endMicros === 0) return;
    const { fromMicros, toMicros } = this.#loop ?? { fromMicros: 0, toMicros: this.#endMicros };
    if (this.#timeMicros >= toMicros || (this.#loop && this.#timeMicros < fromMicros)) this.#timeMicros = fromMicros;
    this.#playing = true;
    this.#lastMs = undefined;
    this.#frame = this.#frames.request(this.#advance);
  }

  pause(): void {
    this.#playing = false;
    if (this.#frame !== undefined) this.#frames.cancel(this.#frame);
    this.#frame = undefined;
  }

  toggle(): void {
    if (this.#playing) this.pause();
    else this.play();
  }

  seek(timeMicros: Micros): void {
    if (this.#locked) return;
    this.#timeMicros = Math.min(Math.max(0, Math.round(timeMicros)), this.#endMicros);
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
  }

  /** The loop begins at the playhead, and ends where it did if that is later, else with the run. At the end of the run nothing changes. */
  loopFromHere(): void {
    if (this.#timeMicros >= this.#endMicros) return;
    const toMicros = this.#loop?.toMicros ?? 0;
    this.#setLoop(this.#timeMicros, toMicros > this.#timeMicros ? toMicros : this.#endMicros);
  }

  /** The loop ends at the playhead, and begins where it did if that is earlier, else with the run. At its start nothing changes. */
  loopToHere(): void {
    if (this.#timeMicros <= 0) return;
    const fromMicros = this.#loop?.fromMicros ?? 0;
    this.#setLoop(fromMicros < this.#timeMicros ? fromMicros : 0, this.#timeMicros);
  }

  endLoop(): void {
    this.#loop = undefined;
  }

  /** Pauses and goes to the next event of any lane. */
  stepForward(): void {
    this.pause();
    if (this.#waits()) return;
    this.seek(this.#instants().after(this.#timeMicros) ?? this.#endMicros);
  }

  stepBack(): void {
    this.pause();
    if (this.#waits()) return;
    this.seek(this.#instants().before(this.#timeMicros) ?? 0);
  }

  lock(): void {
    this.pause();
    this.#locked = true;
  }

  unlock(): void {
    this.#locked = false;
  }

  /** A new run is there. The playhead stays where it is, as far as the run reaches: what changes is then the edit's doing. */
  reach(endMicros: Micros): void {
    this.#endMicros = endMicros;
    this.#timeMicros = Math.min(Math.max(this.#timeMicros, this.#startMicros), endMicros);
    if (this.#loop && endMicros > 0) this.#setLoop(this.#loop.fromMicros, Math.min(this.#loop.toMicros, endMicros));
    if (endMicros === 0) this.pause();
    else this.#startMicros = 0;
  }

  /** The first run of the document that was just opened is shown from here: the instant that a link names. */
  startAt(timeMicros: Micros): void {
    this.#startMicros = timeMicros;
  }

  /** Another document: back to the beginning. */
  rewind(): void {
    this.pause();
    this.#timeMicros = 0;
    this.#startMicros = 0;
    this.#loop = undefined;
  }

  readonly #advance = (nowMs: number): void => {
    if (this.#waits()) this.#lastMs = nowMs;
    const realMs = nowMs - (this.#lastMs ?? nowMs);
    if (this.#speed !== EVENT_BY_EVENT) this.#move(this.#timeMicros + (Math.min(realMs, LONGEST_FRAME_MS) / 1_000) * this.#speed * SECOND);
    else if (realMs >= EVENT_MS) this.#move(this.#instants().after(this.#timeMicros) ?? this.#endMicros);
    if (this.#speed !== EVENT_BY_EVENT || realMs >= EVENT_MS || this.#lastMs === undefined) this.#lastMs = nowMs;
    if (this.#timeMicros >= this.#endMicros) this.pause();
    else this.#frame = this.#frames.request(this.#advance);
  };

  #move(timeMicros: number): void {
    const loop = this.#loop;
    // Who has moved the playhead past the loop meanwhile watches on from there.
    const wraps = loop !== undefined && this.#timeMicros < loop.toMicros && timeMicros >= loop.toMicros;
    this.#timeMicros = wraps ? loop.fromMicros : Math.min(Math.round(timeMicros), this.#endMicros);
  }

  /** Nothing plays over and over where there is no stretch to play. */
  #setLoop(fromMicros: Micros, toMicros: Micros): void {
    this.#loop = !this.#locked && fromMicros < toMicros ? { fromMicros, toMicros } : undefined;
  }
}
