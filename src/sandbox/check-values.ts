/** The shape of what variables held: bounded texts, and places that fit together. */
import * as v from 'valibot';
import { LIMITS } from '../model/limits';
import { count, list, micros, shortText, text } from './check-basics';

/** A value in short is far below this; each is drawn as text, so more would only be clutter. */
const VALUE_MAX = 1_000;

const seenValue = v.strictObject({
  text: text(VALUE_MAX),
  atMicros: micros,
  order: count,
  request: count,
  component: shortText,
});
const seenSite = v.strictObject({ times: count, last: v.undefinedable(seenValue), ofRequest: v.undefinedable(seenValue) });
const seenName = v.strictObject({ line: count, column: count, length: count, sites: list(count, LIMITS.fileLength) });

const seenFile = v.pipe(
  v.strictObject({ file: shortText, names: list(seenName, LIMITS.fileLength), sites: list(seenSite, LIMITS.fileLength) }),
  v.check(
    ({ names, sites }) => names.every((name) => name.sites.every((site) => site < sites.length)),
    'a name has a place that is not there',
  ),
);

export const seenValues = v.strictObject({ untilMicros: micros, complete: v.boolean(), files: list(seenFile, LIMITS.files) });
