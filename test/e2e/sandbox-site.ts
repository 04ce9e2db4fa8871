/**
 * A page with nothing on it but the sandbox: the real chain, bundled as the product bundles it, under the CSPs that the product's
 * own index.html and mid.html carry. Built in memory, so that the tests can also build it with a wall taken out.
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { rolldown, type Plugin } from 'rolldown';
import { bundleScript, fillHashes, moduleOfScript } from '../../build/inline-bundle';

/** What a test changes to see whether the attacks notice. */
export interface Weakening {
  /** Replaces the text of a module, by its path under src; it must change something. */
  readonly modules?: Readonly<Record<string, (source: string) => string>>;
  readonly pages?: (html: string) => string;
  /** False leaves the worker's script without its enclosing function. */
  readonly enclosed?: boolean;
  /** False leaves the scripts without strict mode. */
  readonly strict?: boolean;
}

export type SiteFiles = ReadonlyMap<string, string>;

export async function buildSandboxSite(weakening: Weakening = {}): Promise<SiteFiles> {
  const weaken = weakenModules(weakening.modules ?? {});
  const options = { minify: true, plugins: [weaken], strict: weakening.strict !== false };
  const bundles: Plugin = {
    name: 'bundles',
    resolveId: async function (source, importer) {
      if (!source.endsWith('?bundle')) return undefined;
      const file = await this.resolve(source.slice(0, -'?bundle'.length), importer);
      return file && `${file.id}?bundle`;
    },
    load: async (id) => {
      if (!id.endsWith('?bundle')) return undefined;
      const entry = id.slice(0, -'?bundle'.length);
      const enclosed = !(entry.endsWith('worker.ts') && weakening.enclosed === false);
      return moduleOfScript((await bundleScript(entry, { ...options, minify: enclosed, enclosed })).text);
    },
  };
  const script = async (entry: string) => {
    const build = await rolldown({ input: resolve(entry), platform: 'browser', plugins: [weaken, bundles] });
    const { output } = await build.generate({ format: 'esm' });
    await build.close();
    return output[0].code;
  };
  const page = async (name: string, entry: string) => {
    const html = (await readFile(name, 'utf8')).replace(/<link[^>]*>/g, '').replace(/src="[^"]*"/, `src="./${entry}"`);
    const filled = await fillHashes(html, process.cwd(), options);
    const changed = weakening.pages?.(filled) ?? filled;
    if (weakening.pages && changed === filled) throw new Error(`Nothing to weaken in ${name}`);
    return changed;
  };
  const [index, mid, host, midScript] = await Promise.all([
    page('index.html', 'host.js'),
    page('mid.html', 'mid.js'),
    script('test/e2e/sandbox-host.ts'),
    script('src/sandbox/mid.ts'),
  ]);
  return new Map([
    ['/index.html', index],
    ['/mid.html', mid],
    ['/host.js', host],
    ['/mid.js', midScript],
  ]);
}

function weakenModules(changes: NonNullable<Weakening['modules']>): Plugin {
  return {
    name: 'weaken',
    transform(code, id) {
      const change = Object.entries(changes).find(([name]) => id.endsWith(`/src/${name}`))?.[1];
      if (!change) return undefined;
      const changed = change(code);
      if (changed === code) throw new Error(`Nothing to weaken in ${id}`);
      return changed;
    },
  };
}
