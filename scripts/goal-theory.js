// `npm run goal:theory`: the table of theory and the shipped scenarios, at their large size.
import { pathToFileURL } from 'node:url';
import { withBundles } from './with-bundles.js';

await withBundles(async (bundle) => {
  const tableThread = await bundle('test/theory/table/thread.ts');
  const runThread = await bundle('test/theory/run-thread.ts');
  const { goal } = await import(pathToFileURL(await bundle('test/theory/goal.ts')).href);
  process.exitCode = (await goal({ tableThread, runThread }, process.argv.slice(2))) ? 0 : 1;
});
