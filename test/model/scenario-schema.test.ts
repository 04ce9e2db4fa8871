import { expect, it } from 'vitest';
import { scenarioJsonSchema } from '../../build/scenario-schema';
import { MM1, QUEUED, merge } from './example-files';
import { accepts } from './json-schema';

const schema = JSON.parse(scenarioJsonSchema()) as Record<string, unknown>;

it('the published JSON Schema says what the product reads', async () => {
  await expect(scenarioJsonSchema()).toMatchFileSnapshot('../../public/scenario.schema.json');
});

it('accepts the examples', () => {
  expect(accepts(schema, MM1)).toBe(true);
  expect(accepts(schema, QUEUED)).toBe(true);
});

it.each([
  { version: 2 },
  { tittle: 'x' },
  { duration: null },
  { duration: '20' },
  { components: { server: { workers: 0 } } },
  { components: { server: { kind: 'clown' } } },
  { components: { client: { arrivals: { constant: '1/s' } } } },
  { components: { '9lives': { kind: 'service', work: '1ms' } } },
  { links: [{ from: 'client', to: 'server', loss: 2 }] },
  { faults: [{}] },
])('refuses the example with %j', (patch) => {
  expect(accepts(schema, merge(MM1, patch))).toBe(false);
});
