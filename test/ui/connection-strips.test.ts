/** What the stage says of connections, on the shipped example of flow control and on a connection that ends. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SceneReader } from '../../src/metrics/scene';
import { blockedStreams, connectionStrips, shareLeft, slotsOf } from '../../src/ui/stage/connection-strips';
import { connectionSentences, phaseWords } from '../../src/ui/stage/connection-words';
import { runFile } from '../world/run-file';
import { wired } from '../world/http/wire-scenario';
import words from '../../src/i18n/en/connections.json';

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
    if (strip?.protocol !== 'http2') continue;
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

it('counts the pool of HTTP/1.1: what shakes hands, what is taken, what is free, and who waits', () => {
  const protocol = { http1: { connections: 2, maxRequests: 3 } };
  // 50 ms each way, 50 ms of work: a connection is set up in 100 ms and taken for 150 ms.
  const lane = runFile(wired({ at: ['1s', '1.001s', '1.002s', '2s', '3s', '3.001s'], link: { protocol } }));
  const scenes = new SceneReader(lane);
  const pool = (ms: number): unknown => {
    const strips = connectionStrips(lane, scenes.at(ms * 1_000));
    return strips.map((strip) => strip.protocol === 'http1' && [strip.settingUp, strip.busy, strip.idle, strip.waiting].join(' '));
  };
  expect(pool(999)).toEqual([]);
  expect(pool(1_000.5)).toEqual(['1 0 0 1']);
  expect(pool(1_050)).toEqual(['2 0 0 3']);
  expect(pool(1_100.5)).toEqual(['1 1 0 2']);
  expect(pool(1_110)).toEqual(['0 2 0 1']);
  expect(pool(1_260)).toEqual(['0 1 1 0']);
  expect(pool(1_500)).toEqual(['0 0 2 0']);
  expect(pool(2_100)).toEqual(['0 1 1 0']);
  // Three requests have gone over one of them: its server has closed it.
  expect(pool(2_900)).toEqual(['0 0 1 0']);
  const [setUp] = connectionStrips(lane, scenes.at(1_050_000));
  expect(phaseWords(setUp!, t)).toBe('2 of 2 connecting');
  expect(slotsOf(setUp!, 11)).toEqual(['settingUp', 'settingUp']);
  const [taken] = connectionStrips(lane, scenes.at(1_110_000));
  expect(phaseWords(taken!, t)).toBe('2 of 2 busy');
  const [free] = connectionStrips(lane, scenes.at(2_900_000));
  expect(slotsOf(free!, 11)).toEqual(['free', 'none']);
  expect(connectionSentences(free!, t)).toBe('HTTP/1.1 connections from client to server: 0 busy, 1 idle, 0 being set up; 2 at most.');
});

it('a pool with TLS is set up only when TLS is', () => {
  const lane = runFile(wired({ at: ['1s'], link: { tls: 'tls', protocol: { http1: { connections: 6 } } } }));
  const scenes = new SceneReader(lane);
  const pool = (ms: number): unknown => {
    const [strip] = connectionStrips(lane, scenes.at(ms * 1_000));
    return strip?.protocol === 'http1' && [strip.settingUp, strip.busy, strip.idle, strip.waiting].join(' ');
  };
  expect([1_099, 1_101, 1_199, 1_201, 1_340, 1_360].map(pool)).toEqual(['1 0 0 1', '1 0 0 1', '1 0 0 1', '0 1 0 0', '0 1 0 0', '0 0 1 0']);
});
