/** The view of the canvas: it shows all at first and follows the pane's size, until a hand has changed it. Then it is the hand's. */
import { getViewportForBounds, type useSvelteFlow } from '@xyflow/svelte';
import { untrack } from 'svelte';
import type { PlanBox } from '../../geometry/blueprint';
import { boundsOf, needsAnotherView } from '../../geometry/in-sight';

export const ZOOM = { least: 0.2, most: 1, step: 1.2 } as const;
/** Room around what is shown, in px: for the tools above, and for badges. */
const MARGIN = 56;

export interface CanvasView {
  readonly showAll: () => void;
  readonly zoom: (closer: boolean) => void;
  /** Someone has panned or zoomed. */
  readonly takeInHand: () => void;
}

type Flow = Pick<ReturnType<typeof useSvelteFlow>, 'getViewport' | 'setViewport' | 'getZoom' | 'setZoom'>;

/** Called once by the canvas. `size` is the pane's, in px, nought before it is known. */
export function followPlan(flow: Flow, plan: () => readonly PlanBox[], size: () => { width: number; height: number }): CanvasView {
  /** Of what the view was last looked after. */
  let seen: readonly PlanBox[] | undefined;
  let showsAll = true;
  const takeInHand = (): void => {
    showsAll = false;
  };

  function showAll(): void {
    showsAll = true;
    const { width, height } = size();
    if (plan().length === 0) return;
    void flow.setViewport(getViewportForBounds(boundsOf(plan()), width, height, ZOOM.least, ZOOM.most, `${MARGIN}px`));
  }

  /** What is added out of sight is brought into sight; what is added in sight stays where it was put. */
  $effect(() => {
    const [boxes, pane] = [plan(), size()];
    if (pane.width === 0 || pane.height === 0) return;
    untrack(() => {
      const sight = { ...flow.getViewport(), ...pane };
      if (!seen ? boxes.length > 0 : needsAnotherView(seen, boxes, sight)) showAll();
      else if (seen && seen.length !== boxes.length) takeInHand();
      seen = boxes;
    });
  });
  $effect(() => {
    const { width, height } = size();
    if (width > 0 && height > 0 && showsAll) untrack(showAll);
  });

  return {
    showAll,
    takeInHand,
    zoom(closer) {
      takeInHand();
      // The library's own zoomIn belongs to a store that is replaced when the canvas begins.
      void flow.setZoom(flow.getZoom() * (closer ? ZOOM.step : 1 / ZOOM.step));
    },
  };
}
