/** What a form writes first where nothing was: the least that the schema takes. */
import { isRecord } from '../variant';
import type { Shape } from './shape';

const QUANTITY = { duration: '100ms', rate: '10/s', size: '1KiB', bandwidth: '10Mbit/s' } as const;
const FIRST_KEY = 'first';

/** The least value of this shape. Required names are left empty, which the reader of the scenario reports with its place. */
export function starterOf(shape: Shape): unknown {
  switch (shape.kind) {
    case 'quantity':
      return shape.min !== undefined && shape.min !== '0B' && shape.quantity === 'size' ? shape.min : QUANTITY[shape.quantity];
    case 'distribution':
      return QUANTITY.duration;
    case 'number':
      return Math.max(shape.min ?? 0, Math.min(shape.max ?? 1, shape.whole ? 1 : 0.1));
    case 'choice':
      return shape.words[0] ?? '';
    case 'truth':
      return true;
    case 'text':
      return '';
    case 'object':
      return Object.fromEntries(shape.fields.filter(({ optional }) => !optional).map(({ key, shape: inner }) => [key, starterOf(inner)]));
    case 'list':
      return shape.item.kind === 'quantity' ? [starterOf(shape.item)] : [];
    case 'tuple':
      return shape.items.map(starterOf);
    case 'union':
      return shape.options[0] ? starterOf(shape.options[0]) : null;
    case 'record':
      return shape.value.kind === 'any' ? {} : { [FIRST_KEY]: starterOf(shape.value) };
    case 'any':
      return {};
  }
}

/** Which option of a union a value was written as; -1 when it fits none. */
export function optionOf(options: readonly Shape[], value: unknown): number {
  return options.findIndex((option) => isWrittenAs(option, value));
}

function isWrittenAs(shape: Shape, value: unknown): boolean {
  switch (shape.kind) {
    case 'object': {
      if (!isRecord(value)) return false;
      const kind = shape.fields.find(({ key }) => key === 'kind')?.shape;
      if (kind?.kind === 'choice') return kind.words.some((word) => word === value['kind']);
      return Object.keys(value).every((key) => shape.fields.some((field) => field.key === key));
    }
    case 'choice':
      return shape.words.some((word) => word === value);
    case 'number':
      return typeof value === 'number';
    case 'truth':
      return typeof value === 'boolean';
    case 'list':
    case 'tuple':
      return Array.isArray(value);
    case 'record':
      return isRecord(value);
    case 'distribution':
    case 'any':
      return true;
    case 'quantity':
    case 'text':
      return typeof value === 'string';
    case 'union':
      return optionOf(shape.options, value) >= 0;
  }
}
