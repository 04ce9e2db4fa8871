import { expect, it } from 'vitest';
import { scenarioJsonSchema } from '../../build/scenario-schema';

it('the published JSON Schema says what the product reads', async () => {
  await expect(scenarioJsonSchema()).toMatchFileSnapshot('../../public/scenario.schema.json');
});

it('speaks of every kind of component and forbids unknown keys', () => {
  const schema = JSON.parse(scenarioJsonSchema()) as {
    additionalProperties: boolean;
    required: string[];
    properties: Record<string, unknown>;
  };
  expect(schema.additionalProperties).toBe(false);
  expect(schema.required).toEqual(['version', 'duration', 'components']);
  expect(JSON.stringify(schema.properties['components'])).toMatch(/"client".*"service".*"queue"/);
});
