/** What every component of a scenario has. */
export interface Placed {
  readonly id: string;
  /** Where the component stands on the canvas; without it the page lays it out. */
  readonly at: readonly [x: number, y: number] | undefined;
}
