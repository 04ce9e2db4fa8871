/** What is wrong with how a page is laid out, each in one line. Runs in the page, so it is one function and knows nothing outside. */
export function layoutFaults(): string[] {
  const CONTROLS = 'button, a[href], input, select, textarea, summary, [role="tab"], [role="slider"], [role="option"]';
  const TOLERANCE_PX = 2;
  /** Of a pane that scrolls, at least this much must be in sight for what is in it to be read. */
  const PEEPHOLE_PX = 24;
  const faults = new Set<string>();
  /** While a dialog is open nothing else can be reached. */
  const root = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;

  interface Box {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  }
  const overlapOf = (one: Box, other: Box): Box => ({
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  });
  const widthOf = ({ left, right }: Box): number => right - left;
  const heightOf = ({ top, bottom }: Box): number => bottom - top;
  const scrollsX = ({ overflowX }: CSSStyleDeclaration): boolean => overflowX === 'auto' || overflowX === 'scroll';
  const scrollsY = ({ overflowY }: CSSStyleDeclaration): boolean => overflowY === 'auto' || overflowY === 'scroll';

  /** Monaco lays out itself; drawings have tests of their own; what only a screen reader gets is clipped away on purpose. */
  function isLaidOutHere(element: Element): boolean {
    if (element.closest('.monaco-editor, svg, [inert], .skip')) return false;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    for (let at: Element | null = element; at; at = at.parentElement) {
      const { clipPath, position } = getComputedStyle(at);
      if (clipPath !== 'none' && position === 'absolute') return false;
    }
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1;
  }

  function nameOf(element: Element): string {
    const text = element.getAttribute('aria-label') ?? element.textContent?.trim().replace(/\s+/g, ' ') ?? '';
    const classes = [...element.classList].filter((name) => !name.startsWith('svelte-')).map((name) => `.${name}`);
    return `${element.parentElement?.tagName.toLowerCase() ?? ''} > ${element.tagName.toLowerCase()}${classes.join('')} "${text.slice(0, 40)}"`;
  }

  /** Who cuts text off must say that there is more, and say it whole somewhere. */
  function saysMore(element: Element): boolean {
    const { textOverflow, webkitLineClamp } = getComputedStyle(element);
    const ends = textOverflow === 'ellipsis' || (webkitLineClamp !== 'none' && webkitLineClamp !== '');
    return ends && element.closest('[title], [aria-label]') !== null;
  }

  /** The part of a box that is in sight now; undefined past a clipping edge that nothing can scroll away. */
  function inSight(element: Element, box: Box): Box | undefined {
    let seen = box;
    let [freeX, freeY] = [false, false];
    for (let at: Element | null = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (at !== element) {
        const edge = at.getBoundingClientRect();
        if (style.overflowX !== 'visible') seen = { ...overlapOf(seen, { ...seen, left: edge.left, right: edge.right }) };
        if (style.overflowY !== 'visible') seen = { ...overlapOf(seen, { ...seen, top: edge.top, bottom: edge.bottom }) };
        const [goneX, goneY] = [widthOf(seen) < TOLERANCE_PX, heightOf(seen) < TOLERANCE_PX];
        const peephole = at.clientWidth >= PEEPHOLE_PX && at.clientHeight >= PEEPHOLE_PX;
        freeX ||= scrollsX(style) && peephole;
        freeY ||= scrollsY(style) && peephole;
        if ((goneX && !freeX) || (goneY && !freeY)) return undefined;
        // Beyond a pane that scrolls it is the pane that must be in sight.
        if ((freeX && goneX) || (freeY && goneY)) return inSight(at, edge) && { left: 0, top: 0, right: 0, bottom: 0 };
      }
      if (style.position === 'fixed') break;
    }
    const page = overlapOf(seen, { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight });
    return widthOf(page) < TOLERANCE_PX || heightOf(page) < TOLERANCE_PX ? undefined : page;
  }

  if (document.documentElement.scrollWidth > window.innerWidth) faults.add(`the page scrolls sideways`);

  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const own = node.parentElement;
    if (!own || !node.textContent?.trim() || own.closest('select, script, style') || !isLaidOutHere(own)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = range.getBoundingClientRect();
    if (text.width === 0) continue;
    // Text must not run out of the box it is in, nor be cut by one around it, unless somebody can scroll to it.
    for (let at: Element | null = own; at && at !== document.documentElement; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (scrollsX(style) || saysMore(at)) break;
      const edge = at.getBoundingClientRect();
      const boxed = style.display !== 'inline' && style.display !== 'contents' && (at === own || style.overflowX !== 'visible');
      if (boxed && (text.right > edge.right + TOLERANCE_PX || text.left < edge.left - TOLERANCE_PX)) {
        faults.add(`text runs out of ${nameOf(at)}: ${node.textContent.trim().slice(0, 40)}`);
        break;
      }
      if (style.position === 'fixed') break;
    }
  }

  const controls = [...root.querySelectorAll(CONTROLS)].filter(isLaidOutHere);
  const shown: (readonly [Element, Box])[] = [];
  for (const control of controls) {
    const seen = inSight(control, control.getBoundingClientRect());
    if (!seen) faults.add(`cannot be reached: ${nameOf(control)}`);
    else if (widthOf(seen) > 0) shown.push([control, seen]);
  }
  for (const [at, [one, box]] of shown.entries()) {
    for (const [other, otherBox] of shown.slice(at + 1)) {
      const both = overlapOf(box, otherBox);
      const isWithin = one.contains(other) || other.contains(one);
      if (!isWithin && widthOf(both) > TOLERANCE_PX && heightOf(both) > TOLERANCE_PX) {
        faults.add(`one on the other: ${nameOf(one)} and ${nameOf(other)}`);
      }
    }
  }
  return [...faults];
}
