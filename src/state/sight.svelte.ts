/** How the reader looks at the run over time: the stretch that all views over time show, until it is let go, and which of the charts. */
import type { ChosenView, Viewport } from '../geometry/time-scale';
import type { Micros } from '../model/time';

export const CHART_VIEWS = ['time', 'distribution', 'little'] as const;
export type ChartView = (typeof CHART_VIEWS)[number];

export class SightState {
  #chosen = $state.raw<ChosenView>();
  #charts = $state.raw<ChartView>('time');

  /** Undefined until the reader moves: each view then shows what suits it. */
  get chosen(): ChosenView | undefined {
    return this.#chosen;
  }

  get charts(): ChartView {
    return this.#charts;
  }

  showCharts(view: ChartView): void {
    this.#charts = view;
  }
  show(view: Viewport, timeMicros: Micros): void {
    this.#chosen = { view, timeMicros };
  }

  letGo(): void {
    this.#chosen = undefined;
  }
}
