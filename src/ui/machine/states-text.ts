/** States as people read them: `open · counting`, without the states that hold them. */
export function statesText(ids: readonly string[]): string {
  return ids.map((id) => id.slice(id.lastIndexOf('.') + 1)).join(' · ');
}
