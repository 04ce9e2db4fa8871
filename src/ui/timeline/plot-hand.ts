/** What pointers do with a stretch of time: one drags it, two take it apart or together, and a short press is a press. */
import { moved, pinched, type Viewport } from '../../geometry/time-scale';
import type { Micros } from '../../model/time';

export interface HeldPlot {
  readonly view: Viewport;
  /** Px. */
  readonly width: number;
  readonly endMicros: Micros;
}

/** A hand that presses trembles, px. */
const STILL_PX = 3;

export class PlotHand {
  /** Where each pointer is; the first two count. */
  private readonly pointers = new Map<number, number>();
  /** Where they were, and what was in sight, when the last of them came or went. */
  private from: { readonly view: Viewport; readonly at: readonly number[] } | undefined;
  private isPress = false;

  /** `held` is the plot as it is now, `show` what is to be in sight. */
  constructor(
    private readonly held: () => HeldPlot,
    private readonly show: (view: Viewport) => void,
  ) {}

  get holds(): boolean {
    return this.pointers.size > 0;
  }

  down(pointer: number, x: number): void {
    this.isPress = !this.holds;
    this.pointers.set(pointer, x);
    this.takeHold();
  }

  move(pointer: number, x: number): void {
    if (!this.from || !this.pointers.has(pointer)) return;
    this.pointers.set(pointer, x);
    const { width, endMicros } = this.held();
    const { view, at } = this.from;
    const [now = 0, second] = this.pointers.values();
    const [before = 0, secondBefore] = at;
    const span = view.toMicros - view.fromMicros;
    if (second !== undefined && secondBefore !== undefined) {
      const timeAt = (px: number): Micros => view.fromMicros + (px / width) * span;
      return this.show(pinched([timeAt(before), timeAt(secondBefore)], [now / width, second / width], view, endMicros));
    }
    if (Math.abs(now - before) > STILL_PX) this.isPress = false;
    if (!this.isPress) this.show(moved(view, ((before - now) / width) * span, endMicros));
  }

  /** True when the pointer has pressed and not moved. */
  up(pointer: number): boolean {
    const pressed = this.isPress && this.pointers.has(pointer);
    this.letGo(pointer);
    return pressed;
  }

  /** The pointer is gone, or the browser scrolls with it. */
  letGo(pointer: number): void {
    this.pointers.delete(pointer);
    this.isPress = false;
    this.takeHold();
  }

  private takeHold(): void {
    this.from = this.holds ? { view: this.held().view, at: [...this.pointers.values()] } : undefined;
  }
}
