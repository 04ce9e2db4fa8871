/** Reads a scenario file, or standard input, and the handler files it names by path. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { LIMITS } from '../model/limits';
import { CliError } from './cli-error';

/** Bytes of a scenario file; its code is limited further by the model. */
const MAX_BYTES = 16 * 1024 * 1024;

export function readScenarioFile(path: string): unknown {
  const text = readText(path, MAX_BYTES);
  let file: unknown;
  try {
    file = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new CliError(`${path} is not JSON: ${(error as Error).message}`);
  }
  return withFilesFromDisk(file, path === '-' ? process.cwd() : dirname(resolve(path)));
}

function readText(path: string, maxBytes: number): string {
  try {
    if (path !== '-' && statSync(path).size > maxBytes) throw new CliError(`${path} is larger than ${maxBytes / 1024 / 1024} MiB`);
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

function withFilesFromDisk(file: unknown, folder: string): unknown {
  const files = isRecord(file) ? file['files'] : undefined;
  if (!isRecord(file) || !isRecord(files)) return file;
  const read = Object.entries(files).map(([name, value]) => {
    const path = isRecord(value) ? value['path'] : undefined;
    return [name, typeof path === 'string' ? readText(resolve(folder, path), LIMITS.fileLength * 4) : value];
  });
  return { ...file, files: Object.fromEntries(read) as Record<string, unknown> };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
