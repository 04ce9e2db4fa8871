// Runs a module of the tests that is a program of its own: `node scripts/run-in-vite.js MODULE PARAMETER…`. Vite reads TypeScript and the
// lessons, as it does for the page. The module exports `main`, which is given the parameters and says whether all went well.
import { createServer } from 'vite';

const [module, ...parameters] = process.argv.slice(2);
const vite = await createServer({ server: { middlewareMode: true, hmr: false, watch: null }, appType: 'custom', logLevel: 'warn' });
const { main } = await vite.ssrLoadModule(`/${module}`);
process.exitCode = (await main(parameters)) ? 0 : 1;
await vite.close();
