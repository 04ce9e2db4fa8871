/** The action of a machine whose effect lies outside it: the machine names it, the world says what it does. */
export const outside = (): void => undefined;
