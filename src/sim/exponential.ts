/**
 * Standard exponential draws (mean 1) by the ziggurat of Marsaglia and Tsang, "The ziggurat method for generating random variables",
 * J. Stat. Soft. 5(8), 2000, with 256 layers. About three times as fast as −ln u, and 98.9 % of the draws use one word. A draw with
 * another mean is this one times that mean, so two variants that share their words (keyed streams) keep their draws in proportion.
 *
 * The layer is chosen by the low 8 bits of the word that also gives the abscissa. J. Doornik (2005) points out that this ties the
 * layer to the last bits of the result; they are below 2⁻²⁴ of the layer's width, and results are rounded to whole microseconds.
 */
import { exp, ln } from './portable-math';
import type { RandomSource } from './streams';

const LAYERS = 256;
/** Where the tail begins, and the area of each layer. */
const TAIL = 7.69711747013104972;
const AREA = 3.949659822581572e-3;
const WORDS = 0x100000000;

/** Words below `sure[layer]` lie under the curve for certain. */
const sure = new Uint32Array(LAYERS);
const width = new Float64Array(LAYERS);
const height = new Float64Array(LAYERS);

let right = TAIL;
const belowTail = AREA / exp(-TAIL);
sure[0] = (TAIL / belowTail) * WORDS;
sure[1] = 0;
width[0] = belowTail / WORDS;
width[LAYERS - 1] = TAIL / WORDS;
height[0] = 1;
height[LAYERS - 1] = exp(-TAIL);
for (let layer = LAYERS - 2; layer >= 1; layer--) {
  const next = -ln(AREA / right + exp(-right));
  sure[layer + 1] = (next / right) * WORDS;
  right = next;
  height[layer] = exp(-right);
  width[layer] = right / WORDS;
}

/** One draw with mean 1. */
export function standardExponential(source: RandomSource): number {
  for (;;) {
    const word = source.nextUint32();
    const layer = word & 255;
    const x = word * width[layer]!;
    if (word < sure[layer]!) return x;
    // Beyond the tail's start the distribution has no memory.
    if (layer === 0) return TAIL - ln(source.uniform());
    if (height[layer]! + source.uniform() * (height[layer - 1]! - height[layer]!) < exp(-x)) return x;
  }
}
