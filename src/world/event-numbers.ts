/** The number of the event that starts an instance. */
export const START = 0;

/** Event types as small numbers. */
export class EventNumbers {
  readonly types: string[] = ['xstate.init'];
  private readonly numbers = new Map<string, number>();

  of(type: string): number {
    let number = this.numbers.get(type);
    if (number === undefined) {
      number = this.types.push(type) - 1;
      this.numbers.set(type, number);
    }
    return number;
  }
}
