/** The timers of a machine's delayed transitions (`after`), on the kernel. They carry no request: they belong to the machine alone. */
import type { Kernel, Timer } from '../sim/kernel';
import { EventKind } from './event-kind';

export class MachineTimers {
  private readonly running = new Map<string, Timer>();

  constructor(
    private readonly kernel: Kernel,
    private readonly fire: (eventType: string) => void,
  ) {}

  schedule(eventType: string, delayMicros: number, id: string): void {
    const tick = (): void => {
      if (this.running.get(id) === timer) this.running.delete(id);
      this.fire(eventType);
    };
    const timer = this.kernel.schedule(delayMicros, EventKind.tick, { tick });
    this.running.set(id, timer);
  }

  cancel(id: string): void {
    const timer = this.running.get(id);
    if (timer === undefined) return;
    this.running.delete(id);
    this.kernel.cancel(timer);
  }
}
