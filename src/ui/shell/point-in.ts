/** Where a pointer is, in the px that the styles of an element count: the presenter's view enlarges them with `zoom`, the pointer's px stay. */
export function pointIn(element: Element, event: MouseEvent): { readonly x: number; readonly y: number } {
  const { left, top } = element.getBoundingClientRect();
  const zoom = zoomOf(element);
  return { x: (event.clientX - left) / zoom, y: (event.clientY - top) / zoom };
}

/** How much larger an element is shown than its styles say. An old browser does not tell, and enlarges what it measures by itself. */
export function zoomOf(element: Element): number {
  return element.currentCSSZoom ?? 1;
}
