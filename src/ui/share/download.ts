/** Gives the reader a scenario as a file, without any server. */
import type { JsonRecord } from '../../model/variant';

export function downloadScenario(title: string, file: JsonRecord): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(file, null, 2)}\n`], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${fileNameOf(title)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000); // some browsers read the file only after the click has returned
}

/** Letters of any script and digits; the rest becomes a dash. */
function fileNameOf(title: string): string {
  const name = title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  return name.slice(0, 60) || 'scenario';
}
