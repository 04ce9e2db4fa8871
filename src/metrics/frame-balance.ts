/** The books of what connections carry: frame by frame, nothing comes off a way that was not put on it, whole. */
import { readFrame } from '../model/frame';
import type { Micros } from '../model/time';
import type { Report } from './report';

export class FrameBalance {
  private readonly framesUnderway: Float64Array;
  private readonly bytesUnderway: Float64Array;

  constructor(
    places: number,
    private readonly report: Report,
  ) {
    this.framesUnderway = new Float64Array(places);
    this.bytesUnderway = new Float64Array(places);
  }

  sentOn(way: number, detail: number, value: number): void {
    this.framesUnderway[way]!++;
    this.bytesUnderway[way]! += readFrame(detail, value).bytes;
  }

  receivedOn(way: number, detail: number, value: number, now: Micros): void {
    this.framesUnderway[way]!--;
    this.bytesUnderway[way]! -= readFrame(detail, value).bytes;
    if (this.framesUnderway[way]! >= 0 && this.bytesUnderway[way]! >= 0) return;
    this.report('frames received were sent', way, now, `${this.framesUnderway[way]} frames, ${this.bytesUnderway[way]} bytes under way`);
  }
}
