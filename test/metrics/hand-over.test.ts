import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { endsAtHandOver } from '../../src/metrics/hand-over';
import { runFile } from '../world/run-file';

const shipped = (name: string): boolean => {
  const file = JSON.parse(readFileSync(`public/scenarios/${name}.json`, 'utf8')) as object;
  return endsAtHandOver(runFile({ ...file, duration: '1s', warmup: '0s', faults: [] }).places);
};

describe('the end of a request', () => {
  it.each(['competing-consumers', 'pub-sub', 'log-partitions'])('is the hand-over in %s: nothing leads back', (name) => {
    expect(shipped(name)).toBe(true);
  });

  it.each(['mm1', 'request-reply', 'crash-and-restart', 'http1-vs-http2'])('is the answer in %s', (name) => {
    expect(shipped(name)).toBe(false);
  });
});
