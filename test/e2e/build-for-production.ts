import { build, type InlineConfig } from 'vite';

/** Builds the site as it is published. Vitest and Vite's own server set NODE_ENV to something else, with which Vite would build a development bundle. */
export async function buildForProduction(config: InlineConfig): Promise<void> {
  const environment = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  await build(config);
  process.env['NODE_ENV'] = environment;
}
