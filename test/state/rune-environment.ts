/** Node, but modules are resolved and compiled as for a browser: the place where `*.svelte.test.ts` run. */
import type { Environment } from 'vitest/runtime';

export default {
  name: 'rune',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined }),
} satisfies Environment;
