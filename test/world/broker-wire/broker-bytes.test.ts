/** Lengths of AMQP 0-9-1 and Kafka, octet for octet: each case writes out the fields of its specification. */
import { describe, expect, it } from 'vitest';
import { framesOf } from '../http/wire-scenario';
import { runFile } from '../run-file';
import { queued } from '../scenarios';
import { merge } from '../../model/example-files';

/** The lengths of what was sent on each way, in order. */
function sentBytes(file: unknown): Record<string, number[]> {
  const lane = runFile(file);
  const ways: Record<string, number[]> = {};
  const connections = framesOf(lane).filter(({ kind, name }) => kind === 'sent' && name === 'message');
  for (const { bytes, way, place } of connections) (ways[`${place.from}>${place.to} ${way}`] ??= []).push(bytes);
  return ways;
}

const tcp = (from: string, to: string) => ({ from, to, delay: '10ms', transport: 'tcp' });

describe('AMQP 0-9-1', () => {
  it('publishes, delivers, answers and acknowledges', () => {
    const file = merge(queued(`await ctx.send('jobs', { n: 1 }, { priority: 4 }).reply`, `ctx.reply('done')`), {
      components: { jobs: { ack: 'manual' } },
      links: [tcp('client', 'jobs'), tcp('jobs', 'worker'), tcp('worker', 'replies'), tcp('replies', 'client')],
    });
    const header = (...properties: number[]) => 8 + 14 + 17 + 1 + properties.reduce((sum, bytes) => sum + bytes, 0);
    const body = (bytes: number) => 8 + bytes;
    const [correlation, replyTo, priority] = [1 + 'm1'.length, 1 + 'replies'.length, 1];
    const publish = (queue: string) => 8 + 4 + 2 + 1 + (1 + queue.length) + 1;
    const deliver = (queue: string, consumer: string) => 8 + 4 + (1 + consumer.length) + 8 + 1 + 1 + (1 + queue.length);
    const settlement = 8 + 4 + 8 + 1;
    expect(sentBytes(file)).toEqual({
      'client>jobs forth': [publish('jobs') + header(priority, correlation, replyTo) + body(7)],
      'jobs>client back': [settlement],
      'jobs>worker forth': [deliver('jobs', 'worker') + header(priority, correlation, replyTo) + body(7)],
      'worker>jobs back': [settlement],
      'worker>replies forth': [publish('replies') + header(correlation) + body(6)],
      'client>replies back': [settlement],
      'replies>client forth': [deliver('replies', 'client') + header(correlation) + body(6)],
    });
  });
});

describe('Kafka', () => {
  it('produces, fetches and commits', () => {
    const file = {
      version: 1,
      duration: '10s',
      components: {
        client: { kind: 'client', arrivals: { list: ['1s'] }, handler: 'client.ts' },
        log: { kind: 'topic', partitions: 1, groups: { all: { members: ['reader'], from: 'earliest', commitInterval: '0ms' } } },
        reader: { kind: 'service', workers: 1, work: '1ms' },
      },
      links: [tcp('client', 'log'), tcp('log', 'reader')],
      files: { 'client.ts': `export async function onTick(ctx: Ctx) { await ctx.publish('log', { n: 1 }, { key: 'ada' }).accepted }` },
    };
    const name = 2 + 'log'.length;
    const request = (client: string) => 4 + 2 + 2 + 4 + (2 + client.length);
    // Length, attributes, two differences of 0, "ada" and {"n":1} behind their lengths, no headers.
    const record = 1 + (1 + 1 + 1 + (1 + 3) + (1 + 7) + 1);
    const batch = 61 + record;
    const bytes = sentBytes(file);
    expect(bytes['client>log forth']).toEqual([request('client') + 2 + 2 + 4 + 4 + name + 4 + 4 + 4 + batch]);
    expect(bytes['log>client back']).toEqual([8 + 4 + name + 4 + (4 + 2 + 8 + 8 + 8 + 4 + 2) + 4]);
    const fetch = request('reader') + 4 + 4 + 4 + 4 + 1 + 4 + 4 + 4 + name + 4 + 28 + 4 + 2;
    const commit = request('reader') + (2 + 6) + 4 + (2 + 6) + 2 + 4 + name + 4 + 18;
    expect(new Set(bytes['reader>log back'])).toEqual(new Set([fetch, commit]));
    const records = 8 + 4 + 2 + 4 + 4 + name + 4 + 42 + batch;
    const committed = 8 + 4 + 4 + name + 4 + 6;
    expect(bytes['log>reader forth']).toEqual([committed, records, committed]);
  });
});
