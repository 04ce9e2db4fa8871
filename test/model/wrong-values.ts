/** Places of a scenario file by its schema, and what must not stand there. */
import { DISTRIBUTION_FIELDS, type Field, type Shape } from '../../src/model/fields/shape';
import { optionOf } from '../../src/model/fields/starter';

type Keys = readonly (string | number)[];

export interface Place {
  readonly keys: Keys;
  /** The same place in the schema: names that the writer chooses are `*`. */
  readonly at: string;
  readonly shape: Shape;
}

const DISTRIBUTION: Shape = {
  kind: 'union',
  options: [{ kind: 'quantity', quantity: 'duration', max: '2592000s' }, ...DISTRIBUTION_FIELDS.map((field) => objectOf([field]))],
};

/** Which option of a union a value was written as; quantities differ by their unit. */
function isWrittenAs(option: Shape, value: unknown): boolean {
  if (option.kind === 'quantity' && typeof value === 'string') return value.includes('/') === (option.quantity === 'rate');
  return optionOf([option], value) === 0;
}

function objectOf(fields: readonly Field[]): Shape {
  return { kind: 'object', fields };
}

/** Every place that the schema has. */
export function placesOfSchema(shape: Shape, at: string): string[] {
  switch (shape.kind) {
    case 'object':
      return [at, ...shape.fields.flatMap((field) => placesOfSchema(field.shape, `${at}.${field.key}`))];
    case 'record':
      return [at, ...placesOfSchema(shape.value, `${at}.*`)];
    case 'list':
      return [at, ...placesOfSchema(shape.item, `${at}[]`)];
    case 'tuple':
      return [at, ...shape.items.flatMap((item, index) => placesOfSchema(item, `${at}[${index}]`))];
    case 'union':
      return [at, ...shape.options.flatMap((option, index) => placesOfSchema(option, `${at}|${index}`))];
    case 'distribution':
      return [at, ...placesOfSchema(DISTRIBUTION, 'distribution')];
    default:
      return [at];
  }
}

/** Every place at which a file has written something, with what the schema says of it. */
export function placesOfFile(shape: Shape, value: unknown, keys: Keys = [], at = ''): Place[] {
  const here: Place = { keys, at, shape };
  const inside = (inner: Shape, key: string | number, name: string): Place[] =>
    placesOfFile(inner, (value as Record<string | number, unknown>)[key], [...keys, key], `${at}${name}`);
  switch (shape.kind) {
    case 'object':
      return [
        here,
        ...shape.fields
          .filter(({ key }) => Object.hasOwn(value as object, key))
          .flatMap((field) => inside(field.shape, field.key, `.${field.key}`)),
      ];
    case 'record':
      return [here, ...Object.keys(value as object).flatMap((key) => inside(shape.value, key, '.*'))];
    case 'list':
      return [here, ...(value as unknown[]).flatMap((_, index) => inside(shape.item, index, '[]'))];
    case 'tuple':
      return [here, ...shape.items.flatMap((item, index) => inside(item, index, `[${index}]`))];
    case 'union': {
      const option = shape.options.findIndex((one) => isWrittenAs(one, value));
      return [here, ...placesOfFile(shape.options[option]!, value, keys, `${at}|${option}`)];
    }
    case 'distribution':
      return [here, ...placesOfFile(DISTRIBUTION, value, keys, 'distribution')];
    default:
      return [here];
  }
}

const LONG = 'x'.repeat(5_000);
/** Longer than any text may be. */
const HUGE = 'x'.repeat(100_001);
/** What is right nowhere but where the kind of shape says so. */
const JUNK: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  'NaN',
  'Infinity',
  'nonsense',
  LONG,
  [],
  ['x'],
  {},
  { nonsense: 1 },
  -1e308,
  1e308,
  NaN,
];
const DIGITS = '9'.repeat(500);
const QUANTITIES = {
  duration: ['20', '20 apples', '20m', '-20ms', '+20ms', '1e3ms', 'NaNms', 'Infinitys', '0x10ms', '1,5s', `${DIGITS}ms`, 20],
  rate: ['20', '20/', '20/day', '-20/s', '1e3/s', 'NaN/s', '20ms', '0/s', `${DIGITS}/s`, 20],
  size: ['20', '20 apples', '-20B', '20kb', '20ms', `${DIGITS}B`, 20],
  bandwidth: ['20', '20Mbit', '-20Mbit/s', '20Mbit/h', '0bit/s', `${DIGITS}Gbit/s`, 20],
} as const;

/** Values that are wrong at a place of this shape. Of a union: those that none of its options takes. */
export function wrongFor(shape: Shape): unknown[] {
  const options = shape.kind === 'union' ? shape.options : [shape.kind === 'distribution' ? DISTRIBUTION : shape];
  const flat = options.flatMap((option) => (option.kind === 'union' ? option.options : [option]));
  return [...JUNK, ...flat.flatMap(beyond)].filter((value) => !flat.some((option) => couldBe(option, value)));
}

/** Whether junk might be right here. */
function couldBe(shape: Shape, value: unknown): boolean {
  switch (shape.kind) {
    case 'truth':
      return value === true;
    case 'text':
      return typeof value === 'string' && value !== HUGE;
    case 'list':
      return Array.isArray(value) && (value.length === 0 || shape.item.kind === 'text');
    case 'record':
      return JSON.stringify(value) === '{}' || (shape.value.kind === 'any' && JSON.stringify(value) === '{"nonsense":1}');
    case 'object':
      return JSON.stringify(value) === '{}' && shape.fields.every(({ optional }) => optional);
    case 'number':
      return typeof value === 'number' && value >= shape.min! && value <= shape.max! && (!shape.whole || Number.isInteger(value));
    case 'quantity':
      return value === (shape.quantity === 'duration' ? '20ms' : undefined);
    case 'any':
      return true;
    default:
      return false;
  }
}

/** Of the right kind, and out of its range. */
function beyond(shape: Shape): unknown[] {
  switch (shape.kind) {
    case 'quantity':
      return [...QUANTITIES[shape.quantity]];
    case 'number':
      return [shape.min! - 1, shape.max! + 1, String(shape.max), Infinity, ...(shape.whole ? [shape.min! + 0.5] : [])];
    case 'choice':
      return [shape.words[0]!.toUpperCase() === shape.words[0] ? shape.words[0].toLowerCase() : shape.words[0]!.toUpperCase(), 7];
    case 'truth':
      return ['true', 0, 1];
    case 'text':
      return [7, HUGE];
    case 'list':
      return [Array.from({ length: 20_000 }, () => null)];
    case 'tuple':
      return [[], Array.from({ length: shape.items.length + 1 }, () => 1)];
    default:
      return [];
  }
}
