/**
 * What the expectations know nothing of, put on top of a scenario: faults, topics, connections, replicas, attackers. Only the simulator's
 * own invariants, the second run, XState and the bystander judge a scenario that has any of it.
 */
import type { Chance } from './chance';
import { balancer, type SwarmFile } from './random-scenario';

type Json = Record<string, unknown>;

const TROUBLES = ['faults', 'topic', 'connections', 'replicas', 'attacker', 'streams'] as const;

/** The scenario with a random half of it; as it was, at two seeds in three. */
export function withTrouble(chance: Chance, file: SwarmFile): { readonly file: SwarmFile; readonly hasTrouble: boolean } {
  const on = new Set(TROUBLES.filter(() => chance.oneIn(2)));
  if (!chance.oneIn(3) || on.size === 0) return { file, hasTrouble: false };
  const components = { ...file.components };
  let links: readonly Json[] = file.links;
  const files: Json = { ...file.files };
  if (on.has('topic')) links = [...links, ...addTopic(chance, components, files)];
  if (on.has('streams')) links = [...links, ...addStreams(chance, components, files)];
  if (on.has('connections')) links = links.map((link) => withConnection(chance, components, link));
  if (on.has('replicas')) addReplicas(chance, components);
  const open = links.filter((link) => endKind(components, link, 'from') === 'client' && endKind(components, link, 'to') === 'service');
  const attackers = on.has('attacker') && open.length > 0 ? { mallory: attacker(chance, chance.pick(...open)) } : undefined;
  const faults = on.has('faults') ? Array.from({ length: chance.between(1, 5) }, () => fault(chance, components, links)) : undefined;
  return { file: JSON.parse(JSON.stringify({ ...file, components, links, files, attackers, faults })) as SwarmFile, hasTrouble: true };
}

function addTopic(chance: Chance, components: Record<string, Json>, files: Json): Json[] {
  const isLog = !chance.oneIn(3);
  const readers = ['reader0', 'reader1'];
  const isShared = chance.oneIn(2);
  const group = (members: readonly string[]): Json => ({
    members,
    assignment: chance.pick('range', 'round-robin', 'sticky', 'cooperative-sticky'),
    commit: 'auto',
    commitInterval: chance.pick('0ms', '30ms'),
    from: chance.pick('earliest', 'latest'),
    maxPoll: chance.between(1, 20),
    maxDeliveries: chance.between(1, 3),
    retryBackoff: '5ms',
    ...(chance.oneIn(2) && { sessionTimeout: '60ms', heartbeatInterval: '15ms', initialRebalanceDelay: '10ms' }),
  });
  components['publisher'] = { kind: 'client', arrivals: { poisson: '200/s' }, handler: 'publisher.ts' };
  components['events'] = {
    kind: 'topic',
    partitions: chance.between(1, 4),
    retention: isLog ? chance.pick<unknown>({}, { records: chance.between(1, 30) }, { time: '50ms' }) : 'none',
    groups: isLog ? (isShared ? { all: group(readers) } : { one: group(['reader0']), other: group(['reader1']) }) : undefined,
    ...(isLog && chance.oneIn(2) && { replication: 3, producer: { acks: chance.pick<unknown>(0, 1, 'all') } }),
  };
  const waits = chance.oneIn(2) ? 'await ticket.accepted' : '';
  files['publisher.ts'] =
    `export async function onTick(ctx: Ctx) { const ticket = ctx.publish('events', ctx.now, { key: String(Math.floor(ctx.random() * 9)) }); ${waits} }`;
  for (const name of readers) {
    components[name] = { kind: 'service', workers: chance.between(1, 3), handler: `${name}.ts` };
    files[`${name}.ts`] =
      `export async function onMessage(message: Message, ctx: Ctx) { await ctx.work('${chance.pick('1ms', '8ms')}'); if (ctx.random() < 0.1) throw new Error('no') }`;
  }
  return ['publisher', ...readers].map((name) => ({
    ...(name === 'publisher' ? { from: name, to: 'events' } : { from: 'events', to: name }),
    delay: chance.pick<unknown>('0ms', '2ms', { exponential: '3ms' }),
    loss: chance.pick(undefined, undefined, 0.1),
  }));
}

/** A reader streams from one of two services, straight or through a balancer; some read slowly, leave early or have no time. */
function addStreams(chance: Chance, components: Record<string, Json>, files: Json): Json[] {
  const target = chance.pick('feed0', 'feeds');
  const options = chance.pick('', `, { deadline: '${chance.pick('30ms', '90ms')}' }`);
  const body = chance.pick(
    `for await (const part of call) await ctx.work('${chance.pick('0ms', '4ms')}')`,
    `for await (const { n } of call) if (n === 2) break`,
    `await call.write(1); await ctx.sleep('5ms'); await call.write(2); call.end(); ctx.log(await call.reply)`,
    `try { while (true) await call.write('x'.repeat(9000)) } finally { call.cancel() }`,
  );
  const opening = body.startsWith('for') ? `3${options}` : `undefined${options}`;
  components['watcher'] = { kind: 'client', arrivals: { poisson: '40/s' }, handler: 'watcher.ts' };
  files['watcher.ts'] = `export async function onTick(ctx: Ctx) { const call = ctx.stream('${target}', ${opening}); ${body} }`;
  components['feeds'] = balancer(chance);
  const yields = `yield { n, text: 'x'.repeat(${chance.pick(10, 20_000)}) }; await ctx.work('1ms')`;
  const end = chance.pick('', `if (ctx.random() < 0.2) ctx.fail('UNAVAILABLE', 'no')`);
  files['feed.ts'] =
    `export async function* onStream(requests: Requests, ctx: Ctx) { for await (const count of requests) for (let n = 1; n <= Math.min(3, Number(count) || 1); n++) { ${yields} } ${end} }`;
  for (const name of ['feed0', 'feed1'])
    components[name] = { kind: 'service', workers: chance.between(1, 3), waitingLimit: chance.pick(1, 100), handler: 'feed.ts' };
  const grpc = { protocol: 'grpc', delay: chance.pick('0ms', '2ms'), loss: chance.pick(undefined, undefined, 0.05) };
  return [
    ['watcher', 'feed0'],
    ['watcher', 'feeds'],
    ['feeds', 'feed0'],
    ['feeds', 'feed1'],
  ].map(([from, to]) => ({ from, to, ...grpc }));
}

const CALLERS = ['client', 'service', 'balancer'];

function endKind(components: Record<string, Json>, link: Json, end: 'from' | 'to'): string {
  return String(components[String(link[end])]?.['kind']);
}

function withConnection(chance: Chance, components: Record<string, Json>, link: Json): Json {
  if (link['protocol'] !== undefined) return link;
  const callable = ['service', 'balancer'].includes(endKind(components, link, 'to')) && CALLERS.includes(endKind(components, link, 'from'));
  if (!callable || chance.oneIn(2)) return link;
  const { delay } = link;
  return {
    from: link['from'],
    to: link['to'],
    delay,
    loss: chance.pick(undefined, 0.05),
    transport: 'tcp',
    protocol: chance.pick(undefined, 'http1', 'http2', 'grpc'),
    tls: chance.perhaps('tls'),
    bandwidth: chance.pick(undefined, '1MiB/s'),
  };
}

function addReplicas(chance: Chance, components: Record<string, Json>): void {
  for (const [name, component] of Object.entries(components)) {
    if (component['kind'] === 'service' && chance.oneIn(2)) components[name] = { ...component, replicas: chance.between(2, 3) };
  }
}

function attacker(chance: Chance, { from, to }: Json): Json {
  const probability = chance.pick(0.1, 0.5, 1);
  return {
    from,
    to,
    tamper: chance.perhaps({ probability, body: { n: 1 } }),
    replay: chance.perhaps({ probability, after: '9ms', times: chance.between(1, 3) }),
    forge: { rate: '40/s', body: { n: 2 } },
  };
}

/** Queues, topics and balancers that are set otherwise. */
function settings(chance: Chance, components: Record<string, Json>): Json[] {
  return Object.entries(components).flatMap(([name, { kind, retention }]): Json[] => {
    const at = `components.${name}`;
    if (kind === 'queue')
      return [{ set: { [`${at}.capacity`]: chance.pick(1, 3, 2_000), [`${at}.overflow`]: chance.pick('reject', 'drop-oldest', 'block') } }];
    if (kind === 'topic' && retention !== 'none')
      return [{ set: { [`${at}.retention.records`]: chance.between(1, 9), [`${at}.retention.time`]: '40ms' } }];
    if (kind !== 'balancer') return [];
    const healthCheck = { every: '20ms', timeout: '9ms', unhealthyAfter: chance.between(1, 2) };
    return [
      { set: { [`${at}.healthCheck`]: healthCheck, [`${at}.outlierDetection`]: { consecutiveFailures: 2, ejectFor: '30ms' } } },
      { set: { [`${at}.rateLimit`]: { rate: '90/s', burst: 2 } } },
    ];
  });
}

function fault(chance: Chance, components: Record<string, Json>, links: readonly Json[]): Json {
  const names = Object.entries(components).flatMap(([name, { kind, replication }]) =>
    kind === 'topic' ? (replication === undefined ? [] : [`${name}#1`, `${name}#2`]) : [name],
  );
  const component = chance.pick(...names);
  const { from, to } = chance.pick(...links);
  const ends = { from, to, oneWay: chance.oneIn(2) };
  const share = { ...ends, probability: chance.pick(0.1, 0.5, 1) };
  const what = chance.pick<Json>(
    { crash: component },
    { crash: component },
    { pause: components[component] ? component : 'api' },
    { partition: ends },
    { loss: share },
    { duplicate: share },
    { reorder: { ...share, by: '12ms' } },
    { corrupt: share },
    { slow: { ...ends, factor: chance.pick(0.5, 5), add: '3ms' } },
    ...settings(chance, components),
    { skew: { component: components[component] ? component : 'api', offset: '30ms', drift: chance.pick(0, 0.1) } },
  );
  return { at: `${chance.below(350)}ms`, for: chance.oneIn(4) ? undefined : `${chance.between(1, 200)}ms`, ...what };
}
