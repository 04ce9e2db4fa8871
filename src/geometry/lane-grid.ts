/** How many lanes stand beside each other, so that all of them can be compared at a glance. */

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

/** The number of columns with the largest lanes and the least out of sight; of equal ones the fewest. `needs` are the lanes' sizes at full scale, in px. */
export function laneColumns(needs: readonly Size[], pane: Size): number {
  let best = { columns: 1, worth: 0 };
  for (let columns = 1; columns <= Math.min(MOST_COLUMNS, needs.length); columns++) {
    const cell = { width: pane.width / columns, height: pane.height / Math.ceil(needs.length / columns) };
    if (columns > 1 && needs.some(({ width }) => cell.width < LEAST_WIDTH * width)) break;
    const worth = meanScale(needs, cell) * shareInSight(needs, columns, pane.height);
    if (worth > best.worth) best = { columns, worth };
  }
  return best.columns;
}

function meanScale(needs: readonly Size[], cell: Size): number {
  const scales = needs.map(({ width, height }) => Math.min(1, cell.width / width, Math.max(cell.height, leastHeight(height)) / height));
  return scales.reduce((sum, scale) => sum + scale, 0) / scales.length;
}

/** What part of the rows is seen without scrolling, when each takes as little height as it can. */
function shareInSight(needs: readonly Size[], columns: number, height: number): number {
  let total = 0;
  for (let first = 0; first < needs.length; first += columns) {
    total += Math.max(...needs.slice(first, first + columns).map((need) => leastHeight(need.height)));
  }
  return Math.min(1, height / total);
}

function leastHeight(height: number): number {
  return Math.max(LEAST_HEIGHT, LEAST_SCALE * height);
}
