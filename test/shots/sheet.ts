/** Sheets of many pictures: one page to scroll through, and one picture for each size. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';

export interface Shot {
  readonly view: string;
  readonly size: string;
  /** Language and theme. */
  readonly look: string;
  /** Inside the folder of the sheets. */
  readonly file: string;
}

export async function writeSheets(browser: Browser, folder: string, shots: readonly Shot[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const sizes = [...new Set(shots.map(({ size }) => size))];
  for (const size of sizes) {
    const page = await browser.newPage({ viewport: { width: 1_920, height: 1_080 } });
    const sheet = join(folder, `sheet-${size}.html`);
    await writeFile(
      sheet,
      sheetOf(
        size,
        shots.filter((shot) => shot.size === size),
      ),
    );
    await page.goto(pathToFileURL(sheet).href);
    await page.screenshot({ path: join(folder, `sheet-${size}.png`), fullPage: true });
    await page.close();
  }
  const links = sizes.map((size) => `<li><a href="sheet-${size}.html">${size}</a></li>`).join('');
  await writeFile(join(folder, 'index.html'), `<!doctype html><meta charset="utf-8"><title>Shots</title><ul>${links}</ul>`);
}

function sheetOf(size: string, shots: readonly Shot[]): string {
  const rows = [...new Set(shots.map(({ view }) => view))].map((view) => {
    const pictures = shots.filter((shot) => shot.view === view);
    const figures = pictures.map(
      ({ file, look }) => `<figure><a href="${file}"><img src="${file}" alt=""></a><figcaption>${look}</figcaption></figure>`,
    );
    return `<h2>${view}</h2><div>${figures.join('')}</div>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>${size}</title><style>
    body { margin: 16px; font: 14px sans-serif; background: #888 }
    h2 { margin: 18px 0 6px; font-size: 16px }
    div { display: grid; grid-template-columns: repeat(4, 1fr); gap: 10px }
    figure { margin: 0 } img { width: 100%; display: block } figcaption { font-size: 12px }
  </style><h1>${size}</h1>${rows.join('')}`;
}
