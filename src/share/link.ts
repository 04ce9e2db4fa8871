/**
 * A link holds everything that makes a picture: scenario with code, seed, instant, what is selected, language and lesson.
 * `v1.` + base64url(checksum + deflate(JSON)). It stays in the fragment of the address, so no server ever sees it. Opening one
 * only reads: nothing runs, nothing is saved, and no field can loosen the rules under which it would run.
 */
import { deflateSync } from 'fflate';
import { show } from '../model/distribution';
import { LANGUAGES, type Language } from '../model/lesson';
import { LIMITS } from '../model/limits';
import { problem, type Problem, type Result } from '../model/problem';
import type { Micros } from '../model/time';
import { fromBase64url, toBase64url } from './base64url';
import { inflateBounded } from './bounded-inflate';
import { parseBoundedJson } from './bounded-json';
import { seal, unseal } from './seal';

export interface SharedState {
  /** The scenario file as it is written, `files` included. Not checked here: a scenario with mistakes can be shared too. */
  readonly scenario: Readonly<Record<string, unknown>>;
  /** Undefined: the seed of the scenario. */
  readonly seed: number | undefined;
  readonly timeMicros: Micros;
  /** The lane that has the attention; null is the scenario as it is. */
  readonly variant: string | null;
  /** What is selected, in the page's own words. */
  readonly selection: string | undefined;
  readonly language: Language | undefined;
  readonly lessonId: string | undefined;
}

/** Characters. Browsers carry more; a longer link is no link that anybody could pass on. */
export const MAX_LINK_LENGTH = 64 * 1024;
const MAX_INFLATED_BYTES = 2 * 1024 * 1024;
const MAX_SELECTION_LENGTH = 200;
const VERSION = 1;

/** The text for the fragment, `v1.…`. The same state gives the same text on every engine. It may be longer than `MAX_LINK_LENGTH`. */
export function encodeLink(state: SharedState): string {
  const { scenario, seed, timeMicros, variant, selection, language, lessonId } = state;
  const wire = { scenario, seed, at: timeMicros || undefined, variant: variant ?? undefined, selection, language, lesson: lessonId };
  const bytes = new TextEncoder().encode(JSON.stringify(wire));
  return `v${VERSION}.${toBase64url(seal(deflateSync(bytes, { level: 9 })))}`;
}

/** Reads the fragment of an address, or a whole address. Never throws; a bad link gives one problem with a sentence. */
export function decodeLink(text: string): Result<SharedState> {
  if (text.length > MAX_LINK_LENGTH * 3) return bad('problem.linkTooLong', { max: MAX_LINK_LENGTH });
  const { version, payload } = findPayload(text);
  if (version === undefined) return bad('problem.linkNone');
  if (version !== VERSION) return version > VERSION ? bad('problem.linkNewer') : bad('problem.linkNone');
  if (payload.length > MAX_LINK_LENGTH) return bad('problem.linkTooLong', { max: MAX_LINK_LENGTH });

  const sealed = fromBase64url(payload);
  const deflated = sealed && unseal(sealed);
  if (!deflated) return bad('problem.linkDamaged');
  const inflated = inflateBounded(deflated, MAX_INFLATED_BYTES);
  if ('failed' in inflated) return bad(inflated.failed === 'damaged' ? 'problem.linkDamaged' : 'problem.linkTooLarge');
  const json = decodeText(inflated.bytes);
  const parsed = json === undefined ? { failed: 'not JSON' } : parseBoundedJson(json);
  if (!('value' in parsed)) return bad(parsed.failed === 'not JSON' ? 'problem.linkDamaged' : 'problem.linkTooLarge');
  return readWire(parsed.value);
}

/** Chat programs percent-encode (some twice), mails break lines and lend links the full stop or bracket that follows. */
function findPayload(text: string): { version: number | undefined; payload: string } {
  let clean = text;
  for (let round = 0; round < 2 && clean.includes('%'); round++) clean = decodePercent(clean);
  clean = clean.replace(/\s+/g, '');
  const match = /(?:^|[#/?&=])v(\d{1,6})\.([^#?&]*)/.exec(clean);
  if (!match) return { version: undefined, payload: '' };
  return { version: Number(match[1]), payload: (match[2] ?? '').replace(/[).,;:!?>\]}"'»”’]+$/, '') };
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Takes the known fields and no others. What only decorates is dropped when it is wrong; what changes the picture is a problem. */
function readWire(wire: unknown): Result<SharedState> {
  if (!isRecord(wire) || !isRecord(wire['scenario'])) return bad('problem.linkNoScenario');
  const { scenario, seed, at = 0, variant = null, selection, language, lesson } = wire;
  if (seed !== undefined && !isWholeNumber(seed, LIMITS.seed)) return wrongField('seed', seed);
  if (!isWholeNumber(at, LIMITS.durationMicros)) return wrongField('at', at);
  if (variant !== null && !isShortText(variant, LIMITS.titleLength)) return wrongField('variant', variant);
  if (lesson !== undefined && !(isShortText(lesson, LIMITS.idLength) && /^[a-z0-9-]+$/.test(lesson))) return wrongField('lesson', lesson);
  return {
    ok: true,
    value: {
      scenario,
      seed,
      timeMicros: at,
      variant,
      selection: isShortText(selection, MAX_SELECTION_LENGTH) ? selection : undefined,
      language: LANGUAGES.find((known) => known === language),
      lessonId: lesson,
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWholeNumber(value: unknown, max: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= max;
}

function isShortText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= maxLength;
}

function bad(key: Problem['key'], params: Problem['params'] = {}): Result<never> {
  return { ok: false, problems: [problem('', key, params)] };
}

function wrongField(field: string, value: unknown): Result<never> {
  return bad('problem.linkField', { field, value: show(value) });
}
