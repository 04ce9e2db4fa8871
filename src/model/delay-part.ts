/** The four parts of the delay of a request, as the article has them: T = Tr + Td + Ts + Tp. */

/** In the order of the formula. */
export const DELAY_PARTS = ['Tr', 'Td', 'Ts', 'Tp'] as const;
export type DelayPart = (typeof DELAY_PARTS)[number];
