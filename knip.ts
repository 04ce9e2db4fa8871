import type { KnipConfig } from 'knip';

/** Knip reads the scripts of a component only; the parts of the page that are loaded late are imported in its markup. */
function imports(component: string): string {
  const scripts = [...component.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script!);
  const late = [...component.matchAll(/import\('[^']+'\)/g)].map(([call]) => `void ${call};`);
  return [...scripts, ...late].join('\n');
}

export default {
  entry: [
    'src/main.ts',
    'src/cli/{main,thread}.ts',
    'src/sandbox/{mid,frame,worker}.ts',
    'scripts/*.{js,ts}',
    'test/**/*.test.ts',
    'test/{fixed-seeds,bench/main,bench/contestants/*,shots/main,bench/page/main,e2e/build-once,e2e/sandbox-host,state/rune-environment}.{ts,js}',
    'test/{swarm/goal-seeds,swarm/seeds-thread,theory/goal,theory/table/thread,theory/shipped-percent}.ts',
  ],
  project: ['src/**/*.{ts,svelte}', 'scripts/**/*.{js,ts}', 'build/**/*.ts', 'test/**/*.{ts,js}'],
  compilers: { svelte: imports },
  ignoreExportsUsedInFile: true,
  ignoreDependencies: ['simjs', 'simscript'], // the bench looks for them where they are installed
} satisfies KnipConfig;
