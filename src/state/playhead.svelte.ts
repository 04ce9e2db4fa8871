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

  play(): void {
    if (this.#locked || this.#playing || this.#endMicros === 0) return;
    if (this.#timeMicros >= this.#endMicros) this.#timeMicros = 0;
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
    this.#timeMicros = Math.min(Math.round(timeMicros), this.#endMicros);
  }
}
