/** The outline of each kind of component, in a square of 16 px. */
import type { ComponentKind } from '../../model/component-kind';

export const COMPONENT_ICONS: Readonly<Record<ComponentKind, string>> = {
  client: 'M8 8.2a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-5.6 6a5.6 5.6 0 0 1 11.2 0',
  service: 'M3 2.5h10a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1ZM5 6.4h6M5 9.6h6',
  queue: 'M2.5 4.5h11a1 1 0 0 1 1 1v5a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-5a1 1 0 0 1 1-1ZM6 4.5v7M10 4.5v7',
  store:
    'M2.5 4c0-1.1 2.5-2 5.5-2s5.5.9 5.5 2-2.5 2-5.5 2-5.5-.9-5.5-2Zm0 0v8c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2V4M2.5 8c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2',
  balancer: 'M2 8h4M6 8l5-4.5h3M6 8h8M6 8l5 4.5h3',
  topic: 'M2 4h3v2.6H2ZM6.5 4h3v2.6h-3ZM11 4h3v2.6h-3ZM2 9.4h3V12H2ZM6.5 9.4h3V12h-3Z',
};
