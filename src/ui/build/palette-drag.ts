/** What a drag from the palette carries: the kind of component that is to be added. */
export const KIND_TYPE = 'application/x-async-lab-kind';
