// `npm run goal:seeds`: the swarm of random scenarios, and the deliberate faults that it must catch.
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { withBundles } from './with-bundles.js';

await withBundles(async (bundle) => {
  const thread = await bundle('test/swarm/seeds-thread.ts');
  const { goal } = await import(pathToFileURL(await bundle('test/swarm/goal-seeds.ts')).href);
  process.exitCode = (await goal(rolldown, thread, process.argv.slice(2))) ? 0 : 1;
});
