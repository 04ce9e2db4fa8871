/**
 * The JSON Schema that is published with the site, made from the schema that the product reads with. The file
 * `public/scenario.schema.json` is kept up to date by `test/model/scenario-schema.test.ts`; `npx vitest run -u` on it writes the file.
 */
import { toJsonSchema } from '@valibot/to-json-schema';
import { scenarioFileSchema } from '../src/model/scenario-file';

/** The text of the published file. Rules that JSON Schema cannot state (`check`) are left to the product. */
export function scenarioJsonSchema(): string {
  const schema = toJsonSchema(scenarioFileSchema, { target: 'draft-07', ignoreActions: ['check'] });
  return `${JSON.stringify({ title: 'Async Lab scenario', ...schema }, null, 2)}\n`;
}
