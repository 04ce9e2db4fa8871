/** What the log is asked for: a group of events, one request, one component, words. A search looks through all that is kept of a run. */
import { GrowingColumn } from '../../metrics/growing-column';
import type { SceneReader } from '../../metrics/scene';
import { STEP_RECORDS } from '../../metrics/pairs';
import type { LogLevelName } from '../../model/log-level';
import type { Place } from '../../model/trace';
import { passes, sentenceOf, type Filter, type Translate } from './sentence';

export interface Wanted {
  readonly filter: Filter;
  /** Of the lines of the log alone. */
  readonly least: LogLevelName;
  readonly request: number | undefined;
  /** Index of a place: what happens at it, at its parts, and on the ways from it and to it. */
  readonly place: number | undefined;
}

/** Words in small letters; a sentence must have all of them. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Tells by its index whether a record is asked for, whatever its sentence says. */
export function fitting({ trace, lane }: SceneReader, wanted: Wanted): (record: number) => boolean {
  const { filter, least, request } = wanted;
  const places = wanted.place === undefined ? undefined : concerned(lane.places, wanted.place);
  return (record) =>
    passes(filter, trace.kindOf(record), trace.detailOf(record), least) &&
    (request === undefined || trace.requestOf(record) === request) &&
    (places === undefined || places.has(trace.placeOf(record)));
}

/**
 * Records whose sentences have all words, in order; with a rest every few records. `wishes` is asked at each rest: with false the search
 * is given up, and what was found so far is returned. `share` is told how much of the run is searched, 0 to 1.
 */
export function* searchInSteps(
  reader: SceneReader,
  fits: (record: number) => boolean,
  words: readonly string[],
  t: Translate,
  outside: { readonly wishes: () => boolean; readonly share: (done: number) => void },
): Generator<undefined, Float64Array<ArrayBuffer>> {
  const { trace, lane } = reader;
  const found = new GrowingColumn();
  const first = Math.max(trace.first, trace.kept);
  for (let record = first; record < trace.end; record++) {
    if ((record - first) % STEP_RECORDS === 0) {
      outside.share((record - first) / (trace.end - first));
      yield;
      if (!outside.wishes()) break;
    }
    if (!fits(record)) continue;
    const sentence = sentenceOf(trace.row(record), lane, t).toLowerCase();
    if (words.every((word) => sentence.includes(word))) found.push(record);
  }
  return found.filled;
}

/** A sentence in pieces, those with a word that was searched for apart. */
export function piecesOf(sentence: string, words: readonly string[]): readonly { readonly text: string; readonly found: boolean }[] {
  if (words.length === 0) return [{ text: sentence, found: false }];
  const anyWord = new RegExp(
    `(${[...words]
      .sort((a, b) => b.length - a.length)
      .map(escaped)
      .join('|')})`,
    'giu',
  );
  return sentence.split(anyWord).flatMap((text, index) => (text === '' ? [] : [{ text, found: index % 2 === 1 }]));
}

function concerned(places: readonly Place[], chosen: number): ReadonlySet<number> {
  const about = places[chosen];
  const isOf = (place: Place, index: number): boolean => {
    if (index === chosen) return true;
    if (about?.kind === 'link') return place.kind === 'link' && place.link === about.link;
    if (place.kind === 'link') return about !== undefined && 'id' in about && (place.from === about.id || place.to === about.id);
    return place.kind === 'part' && place.of === chosen;
  };
  return new Set(places.flatMap((place, index) => (isOf(place, index) ? [index] : [])));
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
