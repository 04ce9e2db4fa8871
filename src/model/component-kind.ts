/** The kinds of components there are; each has its file in `kinds/`. */
export const COMPONENT_KINDS = ['client', 'service', 'queue', 'balancer', 'store', 'topic'] as const;
export type ComponentKind = (typeof COMPONENT_KINDS)[number];
