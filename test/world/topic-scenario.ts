/** The scenario that the tests of topics change as they need: a client that publishes to `log`, all links 10 ms. */

export function publishing(
  onTick: string,
  topic: Readonly<Record<string, unknown>>,
  readers: Readonly<Record<string, string>>,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const names = Object.keys(readers);
  const link = (from: string, to: string) => ({ from, to, delay: '10ms' });
  return {
    version: 1,
    duration: '60s',
    components: {
      client: { kind: 'client', arrivals: { list: ['1s'] }, handler: 'client.ts' },
      log: { kind: 'topic', ...topic },
      ...Object.fromEntries(names.map((name) => [name, { kind: 'service', handler: `${name}.ts` }])),
    },
    links: [link('client', 'log'), ...names.map((name) => link('log', name))],
    files: {
      'client.ts': `export async function onTick(ctx: Ctx) { ${onTick} }`,
      ...Object.fromEntries(
        names.map((name) => [`${name}.ts`, `export async function onMessage(message: Message, ctx: Ctx) { ${readers[name]} }`]),
      ),
    },
    ...more,
  };
}

/** Publishes so many records at once, each with its number as body. */
export function records(count: number, options = '{}'): string {
  return `for (let n = 0; n < ${count}; n++) ctx.publish('log', n, ${options})`;
}
