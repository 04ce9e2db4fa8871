/** What the stage says of connections, on the shipped example of flow control and on a connection that ends. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SceneReader } from '../../src/metrics/scene';
import { blockedStreams, connectionStrips, shareLeft } from '../../src/ui/stage/connection-strips';
import { connectionSentences, phaseWords } from '../../src/ui/stage/connection-words';
import { runFile } from '../world/run-file';
import { wired } from '../world/http/wire-scenario';
import words from '../../src/i18n/en/stage.json';

const t = (key: string, params: Readonly<Record<string, string | number>> = {}): string => {
  const text = (words as Readonly<Record<string, string>>)[key];
  if (text === undefined) throw new Error(`no words for ${key}`);
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name]));
};

it('shows a window that is used up and filled again, and what it blocks', () => {
  const file: unknown = JSON.parse(readFileSync('public/scenarios/http2-flow-control.json', 'utf8'));
  const lane = runFile(file, { maxEvents: 4_000 });
  const scenes = new SceneReader(lane);
  const seen = new Set<string>();
  let [least, most] = [Infinity, 0];
  for (let ms = 0; ms < 1_500; ms += 2) {
    const [strip] = connectionStrips(lane, scenes.at(ms * 1_000));
    if (!strip) continue;
    const back = strip.windows[1];
    least = Math.min(least, back.bytes);
    most = Math.max(most, shareLeft(back.bytes, back.ofBytes));
    expect(strip.streams.length).toBeLessThanOrEqual(1);
    seen.add(`${strip.phase} ${blockedStreams(strip)?.by ?? ''}`);
  }
  expect([least, most]).toEqual([0, 1]);
  // The windows of stream and connection are equally large: the stream's is named.
  expect([...seen]).toEqual(['connecting ', 'open ', 'open stream']);
});

it('says in words how connections stand, and who waits', () => {
  const http2 = { maxConcurrentStreams: 2, maxRequests: 4 };
  const lane = runFile(wired({ at: ['1s', '1.01s', '3s', '3.01s', '3.02s'], link: { protocol: { http2 } }, replySize: '90kB' }));
  const scenes = new SceneReader(lane);
  const said = (ms: number): string[] => connectionStrips(lane, scenes.at(ms * 1_000)).map((strip) => phaseWords(strip, t));
  expect(said(999)).toEqual([]);
  expect(said(1_050)).toEqual(['TCP handshake']);
  expect(said(1_120)).toEqual(['2 streams']);
  expect(said(1_220)).toEqual(['2 of 2 streams']);
  expect(said(2_900)).toEqual(['0 of 2 streams']);
  const [strip] = connectionStrips(lane, scenes.at(3_040_000));
  expect(strip).toMatchObject({ waiting: 1, streams: [null, null], others: 0 });
  expect(connectionSentences(strip!, t)).toContain(
    'HTTP/2 connection 1 from client to server: 2 of 2 streams. Held up: 1 waiting for a stream.',
  );
  // 90 kB do not fit into a window: the server waits for credit.
  const [blocked] = connectionStrips(lane, scenes.at(1_220_000));
  expect(connectionSentences(blocked!, t)).toMatch(/Held up: 2 blocked by .* server may still send 0 B of 65\.5 kB on the connection/);
  const [second] = connectionStrips(lane, scenes.at(3_155_000));
  expect(second).toMatchObject({ number: 2, phase: 'connecting', waiting: 1, others: 1 });
});
