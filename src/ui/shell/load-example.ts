/** Fetches an example that ships with the page; the service worker has it when there is no network. */
import { isRecord, type JsonRecord } from '../../model/variant';

/** The scenario file of that name, or undefined when it cannot be had. */
export async function loadExample(name: string): Promise<JsonRecord | undefined> {
  try {
    const response = await fetch(new URL(`scenarios/${name}.json`, document.baseURI));
    const file: unknown = response.ok ? await response.json() : undefined;
    return isRecord(file) ? file : undefined;
  } catch {
    return undefined;
  }
}
