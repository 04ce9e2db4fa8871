/** The fields of each part of a scenario file, by its schema. */
import { scenarioFileSchema } from '../scenario-file';
import { shapeOf, type Field, type Shape } from './shape';

const file = fieldsOf(shapeOf(scenarioFileSchema));
const component = shapeAt('components');
const link = shapeAt('links');

/** Of one component of a kind. */
export function componentFields(kind: string): readonly Field[] {
  const options = component.kind === 'union' ? component.options : [];
  const own = options.find((option) => {
    const named = fieldsOf(option).find(({ key }) => key === 'kind')?.shape;
    return named?.kind === 'choice' && named.words.includes(kind);
  });
  return own ? fieldsOf(own) : [];
}

export const FAULT_FIELDS: readonly Field[] = fieldsOf(shapeAt('faults'));
export const LINK_FIELDS: readonly Field[] = fieldsOf(link);
/** Of the file itself. */
export const FILE_FIELDS: readonly Field[] = file;

function fieldsOf(shape: Shape): readonly Field[] {
  return shape.kind === 'object' ? shape.fields : [];
}

/** What a list or a record of the file holds. */
function shapeAt(key: string): Shape {
  const shape = file.find((field) => field.key === key)?.shape;
  if (shape?.kind === 'record') return shape.value;
  return shape?.kind === 'list' ? shape.item : { kind: 'any' };
}
