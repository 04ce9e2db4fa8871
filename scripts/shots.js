// `npm run shots`: pictures of every view in both themes and languages at four sizes, and sheets of them, in `shots/`.
import { createServer } from 'vite';

// Vite reads TypeScript and the lessons, as it does for the page.
const vite = await createServer({ server: { middlewareMode: true, hmr: false, watch: null }, appType: 'custom', logLevel: 'warn' });
const { shots } = await vite.ssrLoadModule('/test/shots/main.ts');
process.exitCode = (await shots(process.argv.slice(2))) ? 0 : 1;
await vite.close();
