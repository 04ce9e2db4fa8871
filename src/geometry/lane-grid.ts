/** How many lanes stand beside each other and how high they are, so that all of them can be compared at a glance. */

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Below half its size nobody reads a component: rather scroll. */
export const LEAST_SCALE = 0.5;
/** Beside each other, lanes stay at least as wide as this part of what they need. */
const LEAST_WIDTH = 0.45;
/** Room for the title and a component under it, in px; the stage's style has it too. */
const LEAST_HEIGHT = 96;
const MOST_COLUMNS = 3;

export interface LaneGrid {
  readonly columns: number;
  /** How the pane's height is shared among the rows: what each would use, in px. */
  readonly rows: readonly number[];
}

/**
 * Of all numbers of columns the one with the largest lanes and the least out of sight; of equal ones the fewest. Each row has as much of the height as
 * its lanes can use, so that lanes one under the other are drawn equally large. `needs` are the lanes' sizes at full scale, in px.
 */
export function laneGrid(needs: readonly Size[], pane: Size): LaneGrid {
  let best: LaneGrid & { worth: number } = { columns: 1, rows: rowsOf(needs, 1, pane.width), worth: 0 };
  for (let columns = 1; columns <= Math.min(MOST_COLUMNS, needs.length); columns++) {
    if (columns > 1 && needs.some(({ width }) => pane.width / columns < LEAST_WIDTH * width)) break;
    const rows = rowsOf(needs, columns, pane.width);
    const worth = meanScale(needs, columns, rows, pane) * shareInSight(needs, columns, pane.height);
    if (worth > best.worth) best = { columns, rows, worth };
  }
  return { columns: best.columns, rows: best.rows };
}

function rowsOf(needs: readonly Size[], columns: number, width: number): number[] {
  const usable = needs.map((need) => Math.max(LEAST_HEIGHT, need.height * Math.min(1, width / columns / need.width)));
  return inRows(usable, columns).map((heights) => Math.max(...heights));
}

function meanScale(needs: readonly Size[], columns: number, rows: readonly number[], pane: Size): number {
  const total = sumOf(rows);
  const scales = needs.map(({ width, height }, lane) => {
    const rowHeight = (rows[Math.floor(lane / columns)]! * pane.height) / total;
    return Math.min(1, pane.width / columns / width, Math.max(rowHeight, leastHeight(height)) / height);
  });
  return sumOf(scales) / scales.length;
}

/** What part of the rows is seen without scrolling, when each takes as little height as it can. */
function shareInSight(needs: readonly Size[], columns: number, height: number): number {
  const least = inRows(
    needs.map((need) => leastHeight(need.height)),
    columns,
  ).map((heights) => Math.max(...heights));
  return Math.min(1, height / sumOf(least));
}

function inRows(values: readonly number[], columns: number): number[][] {
  return Array.from({ length: Math.ceil(values.length / columns) }, (_, row) => values.slice(row * columns, (row + 1) * columns));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function leastHeight(height: number): number {
  return Math.max(LEAST_HEIGHT, LEAST_SCALE * height);
}
