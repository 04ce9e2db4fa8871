/** Fetches an example that ships with the page, once; the service worker has it when there is no network. */
import { isRecord, type JsonRecord } from '../../model/variant';

const loading = new Map<string, Promise<JsonRecord | undefined>>();

/** The scenario file of that name, or undefined when it cannot be had; the next call then tries again. */
export function loadExample(name: string): Promise<JsonRecord | undefined> {
  const known = loading.get(name);
  if (known) return known;
  const file = fetchExample(name);
  loading.set(name, file);
  void file.then((found) => found ?? loading.delete(name));
  return file;
}

async function fetchExample(name: string): Promise<JsonRecord | undefined> {
  try {
    const response = await fetch(new URL(`scenarios/${name}.json`, document.baseURI));
    const file: unknown = response.ok ? await response.json() : undefined;
    return isRecord(file) ? file : undefined;
  } catch {
    return undefined;
  }
}
