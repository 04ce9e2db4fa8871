/** What a visitor on a slow line waits for: the page without anything it loads once its first picture is there. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const LIMIT_BYTES = 150 * 1024;

it('has at most 150 KiB to load before the first picture', () => {
  const page = readFileSync('dist/index.html', 'utf8');
  // What these modules import statically is named in the page too, as preloads.
  const files = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, path]) =>
    readFileSync(`dist/${path!}`, 'utf8'),
  );
  expect(files.length).toBeGreaterThanOrEqual(2);
  const bytes = [page, ...files].reduce((sum, text) => sum + gzipSync(text).length, 0);
  expect(bytes).toBeLessThanOrEqual(LIMIT_BYTES);
});
