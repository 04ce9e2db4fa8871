/** The browser tests look at the real thing. */
import { buildForProduction } from './build-for-production';

export async function setup(): Promise<void> {
  await buildForProduction({ logLevel: 'error' });
}
