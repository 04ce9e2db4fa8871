/** What a way of a link says of itself: its delay, and its loss if it has any. */
import type { Distribution } from '../../model/distribution';
import type { LinkWay } from '../../model/kinds/link';
import { spanText } from '../timeline/time-text';

export interface LinkLabel {
  readonly delay: string;
  /** `1 %`; empty when nothing gets lost. */
  readonly loss: string;
}

export function linkLabel({ delay, loss }: LinkWay): LinkLabel {
  return { delay: delayText(delay), loss: loss > 0 ? `${Number((loss * 100).toPrecision(3))} %` : '' };
}

function delayText(delay: Distribution): string {
  switch (delay.kind) {
    case 'constant':
      return spanText(delay.micros);
    case 'uniform':
      return `${spanText(delay.lowMicros)} – ${spanText(delay.highMicros)}`;
    case 'normal':
    case 'lognormal':
      return `${spanText(delay.meanMicros)} ± ${spanText(delay.sdMicros)}`;
    case 'exponential':
    case 'erlang':
    case 'hyperexponential':
      return `~ ${spanText(delay.meanMicros)}`;
    case 'pareto':
      return `≥ ${spanText(delay.minMicros)}`;
    case 'empirical':
      return `~ ${spanText(delay.valuesMicros.reduce((sum, micros) => sum + micros, 0) / Math.max(1, delay.valuesMicros.length))}`;
  }
}
