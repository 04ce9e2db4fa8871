/** How many lanes stand beside each other and how high they are, so that all of them can be compared at a glance. */

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Below half its size nobody reads a component: rather scroll. */
export const LEAST_SCALE = 0.5;
/** What is smaller than this is hard to read: a lane that has to be so small does not make others so. */
const READABLE_SCALE = 0.8;
/** Beside each other, lanes stay at least as wide as this part of what they need. */
const LEAST_WIDTH = 0.45;
/** Room for the title and a component under it, in px; the stage's style has it too. */
const LEAST_HEIGHT = 96;
const MOST_COLUMNS = 3;

export interface LaneGrid {
  /** In what proportions the pane's width is shared among the columns, and its height among the rows. */
  readonly columns: readonly number[];
  readonly rows: readonly number[];
}

/**
 * Of all numbers of columns the one whose smallest lane is largest and the least out of sight; of equal ones the fewest. Columns
 * and rows have as much of the pane as their lanes can use, so that these are drawn as equally large as can be. `needs` are sizes at full scale, in px.
 */
export function laneGrid(needs: readonly Size[], pane: Size): LaneGrid {
  let best = { ...gridOf(needs, 1, pane), worth: 0 };
  for (let count = 1; count <= Math.min(MOST_COLUMNS, needs.length); count++) {
    const grid = gridOf(needs, count, pane);
    if (count > 1 && needs.some(({ width }, lane) => widthFor(lane, grid.columns, pane) < LEAST_WIDTH * width)) continue;
    const worth = smallestScale(needs, grid, pane) * shareInSight(needs, count, pane.height);
    if (worth > best.worth) best = { ...grid, worth };
  }
  return { columns: best.columns, rows: best.rows };
}

/** The size that no lane is drawn larger than, by the sizes that each has room for: the smallest, as long as that can be read. */
export function commonScale(fits: readonly number[]): number {
  return Math.max(READABLE_SCALE, Math.min(...fits));
}

function gridOf(needs: readonly Size[], count: number, pane: Size): LaneGrid {
  const columns = Array.from({ length: count }, (_, column) =>
    Math.max(1, ...needs.filter((_, lane) => lane % count === column).map(({ width }) => width)),
  );
  const usable = needs.map(({ width, height }, lane) =>
    Math.max(LEAST_HEIGHT, height * Math.min(1, widthFor(lane, columns, pane) / width)),
  );
  return { columns, rows: inRows(usable, count).map((heights) => Math.max(...heights)) };
}

function widthFor(lane: number, columns: readonly number[], pane: Size): number {
  return (pane.width * columns[lane % columns.length]!) / sumOf(columns);
}

function smallestScale(needs: readonly Size[], { columns, rows }: LaneGrid, pane: Size): number {
  const total = sumOf(rows);
  const scales = needs.map(({ width, height }, lane) => {
    const rowHeight = (rows[Math.floor(lane / columns.length)]! * pane.height) / total;
    return Math.min(1, widthFor(lane, columns, pane) / width, Math.max(rowHeight, leastHeight(height)) / height);
  });
  return Math.min(...scales);
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
