/** Arrow keys among cards that stand in rows, whatever their groups: to the nearest one in that direction. */

interface Place {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Index of the place to go to, or undefined at the edge. Left and right go through the rows as one reads. */
export function neighbour(places: readonly Place[], from: number, key: string): number | undefined {
  const here = places[from];
  if (!here) return undefined;
  if (key === 'Home') return 0;
  if (key === 'End') return places.length - 1;
  if (key === 'ArrowRight') return from + 1 < places.length ? from + 1 : undefined;
  if (key === 'ArrowLeft') return from > 0 ? from - 1 : undefined;
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined;
  const isBeyond = (other: Place): boolean => (key === 'ArrowDown' ? other.top >= here.bottom : other.bottom <= here.top);
  const far = (other: Place): number => Math.abs(other.top - here.top);
  const aside = (other: Place): number => Math.abs(other.left + other.right - here.left - here.right);
  const beyond = places.map((place, index) => ({ place, index })).filter(({ place }) => isBeyond(place));
  return beyond.sort((left, right) => far(left.place) - far(right.place) || aside(left.place) - aside(right.place))[0]?.index;
}
