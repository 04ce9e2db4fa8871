/** A judge for the words of JSON Schema (draft 7) that the published schema uses; any other word is an error. */
type Schema = Readonly<Record<string, unknown>>;

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isInteger(value),
  array: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

const entriesOf = (value: unknown): [string, unknown][] => (TYPES['object']!(value) ? Object.entries(value as object) : []);
const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isNumber = (value: unknown): value is number => typeof value === 'number';

const WORDS: Readonly<Record<string, (value: unknown, rule: never, schema: Schema) => boolean>> = {
  $schema: () => true,
  title: () => true,
  type: (value, type: string) => TYPES[type]!(value),
  const: (value, wanted: unknown) => value === wanted,
  enum: (value, choices: unknown[]) => choices.includes(value),
  pattern: (value, pattern: string) => typeof value !== 'string' || new RegExp(pattern, 'u').test(value),
  maxLength: (value, max: number) => typeof value !== 'string' || value.length <= max,
  minimum: (value, min: number) => !isNumber(value) || value >= min,
  maximum: (value, max: number) => !isNumber(value) || value <= max,
  minItems: (value, min: number) => !Array.isArray(value) || value.length >= min,
  maxItems: (value, max: number) => !Array.isArray(value) || value.length <= max,
  items: (value, items: Schema | Schema[]) =>
    itemsOf(value).every((item, index) => accepts(Array.isArray(items) ? (items[index] ?? {}) : items, item)),
  additionalItems: (value, _rule: false, schema) => itemsOf(value).length <= (schema['items'] as unknown[]).length,
  required: (value, keys: string[]) => keys.every((key) => !TYPES['object']!(value) || Object.hasOwn(value as object, key)),
  properties: (value, properties: Record<string, Schema>) =>
    entriesOf(value).every(([key, part]) => !Object.hasOwn(properties, key) || accepts(properties[key]!, part)),
  additionalProperties: (value, rule: Schema | false, schema) =>
    entriesOf(value).every(
      ([key, part]) => Object.hasOwn((schema['properties'] as object | undefined) ?? {}, key) || (rule !== false && accepts(rule, part)),
    ),
  propertyNames: (value, names: Schema) => entriesOf(value).every(([key]) => accepts(names, key)),
  anyOf: (value, options: Schema[]) => options.some((option) => accepts(option, value)),
  oneOf: (value, options: Schema[]) => options.filter((option) => accepts(option, value)).length === 1,
};

export function accepts(schema: Schema, value: unknown): boolean {
  return Object.entries(schema).every(([word, rule]) => {
    const judge = WORDS[word];
    if (!judge) throw new Error(`the judge does not know the word ${word}`);
    return judge(value, rule as never, schema);
  });
}
