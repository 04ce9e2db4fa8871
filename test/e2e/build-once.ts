/** The browser tests look at the real thing. Vitest sets NODE_ENV to 'test', with which Vite would build a development bundle. */
import { build } from 'vite';

export async function setup(): Promise<void> {
  const environment = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  await build({ logLevel: 'error' });
  process.env['NODE_ENV'] = environment;
}
