/**
 * Every parameter of the schema, given everything that it must not be: each time there is a problem at that very place, which says in both
 * languages what would be right, and whatever is good beside it is left alone.
 */
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/model/lesson';
import { problemSentence } from '../../src/i18n/problem-sentence';
import { LIVE, withValue } from '../../src/model/faults/live';
import { shapeOf } from '../../src/model/fields/shape';
import type { Problem } from '../../src/model/problem';
import { readScenario } from '../../src/model/read-scenario';
import { scenarioFileSchema } from '../../src/model/scenario-file';
import { pathText } from '../../src/model/path-text';
import { COMPLETE } from './complete-scenario';
import { placesOfFile, placesOfSchema, wrongFor, type Place } from './wrong-values';

const SHAPE = shapeOf(scenarioFileSchema);
const WRITTEN = placesOfFile(SHAPE, COMPLETE);
/** One of each place of the schema, and not its options once more. */
const PLACES = WRITTEN.filter(
  ({ at, keys }, index) => keys.length > 0 && !/\|\d+$/.test(at) && WRITTEN.findIndex((place) => place.at === at) === index,
);
/** Other parts of the file are found by what stands here, so they miss it when it is wrong. */
const REFERRED_TO =
  /^\.(components|components\.\*|components\.\*\|\d\.kind|links|links\[\]|links\[\]\.(from|to|tls)|files|policies|policies\.\*|policies\.\*\|\d+\.kind|faults|components\.\*\|5\.groups\.\*\.members.*)$/;

const QUIET = { ...COMPLETE, faults: [] };
/** Without them what they are about happens at once; of those of distributions, all may be 0. */
const MAY_BE_ZERO: readonly string[] = [
  '.warmup',
  '.components.*.startTime',
  '.components.*.stopTime',
  '.components.*.arrivals|4.list[]',
  '.components.*.delay',
  '.components.*.groups.*.commitInterval',
  '.components.*.groups.*.retryBackoff',
  '.components.*.groups.*.initialRebalanceDelay',
  '.components.*.groups.*.membership.*.from',
  '.components.*.replicationDelay',
  '.components.*.brokerSessionTimeout',
  '.components.*.producer.retryBackoff',
  '.policies.*.base',
  '.policies.*.max',
  '.policies.*.after',
  '.policies.*.methodConfig[].hedgingPolicy.hedgingDelay',
  '.faults[].at',
  '.faults[].slow.add',
  '.faults[].reorder.by',
  '.alerts.*.for',
  '.attackers.*.at',
  '.attackers.*.replay.after',
];
const FREE_TEXTS: readonly string[] = [
  '.$schema',
  '.title',
  '.baseName',
  '.components.*.secrets.*',
  '.alerts.*.metric',
  // An attacker may claim to be anybody.
  '.attackers.*.forge.as',
  '.attackers.*.flood.as',
  '.files.*',
];
/** By component, its kind; the links are one. */
const SETTABLE = {
  load0: 'client',
  constantServer: 'service',
  inbox: 'queue',
  balancer: 'balancer',
  shelf: 'store',
  orders: 'topic',
  link: 'link',
} as const;

function problemsWith({ keys }: Pick<Place, 'keys'>, value: unknown): readonly Problem[] {
  const read = readScenario(withValue(keys[0] === 'faults' ? COMPLETE : QUIET, keys.map(String), value), null);
  return read.ok ? [] : read.problems;
}

const isAt = (path: string, whole: string): boolean => path === whole || path.startsWith(`${whole}.`) || path.startsWith(`${whole}[`);

function quoted(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 40);
}

/** What is not as it should be about the problems of a wrong value. */
function complaints({ keys, at }: Place, value: unknown): string[] {
  const path = pathText(keys);
  const where = `${path} = ${typeof value === 'number' ? String(value) : quoted(value)}`;
  const problems = problemsWith({ keys }, value);
  const found: string[] = [];
  if (!problems.some((item) => isAt(item.path, path))) found.push(`${where} is silent: ${problems.map((item) => item.path).join()}`);
  for (const item of problems) {
    if (!isAt(item.path, path) && !isAt(path, item.path) && !REFERRED_TO.test(at)) found.push(`${where} blames ${item.path} ${item.key}`);
    for (const language of LANGUAGES) {
      const sentence = problemSentence(item, language);
      if (/\{\{|problem\.|undefined|\[object/.test(sentence) || sentence.length > 1_000)
        found.push(`${where} says ${sentence.slice(0, 200)}`);
    }
  }
  return found;
}

it('a complete scenario is right, and writes every parameter there is', () => {
  const read = readScenario(COMPLETE, null);
  expect(read.ok ? [] : read.problems).toEqual([]);
  const written = new Set(WRITTEN.map(({ at }) => at));
  expect([...new Set(placesOfSchema(SHAPE, ''))].filter((at) => !written.has(at))).toEqual([]);
});

describe.each(Object.keys(COMPLETE))('what is wrong in %s', (part) => {
  const places = PLACES.filter(({ keys }) => keys[0] === part);
  it('is said at its place, in both languages, and nothing else is blamed', () => {
    expect(places.length).toBeGreaterThan(0);
    expect(places.flatMap((place) => wrongFor(place.shape).flatMap((value) => complaints(place, value)))).toEqual([]);
  });
});

it('only these times may be 0', () => {
  const times = PLACES.filter(({ shape }) => shape.kind === 'quantity' && shape.quantity === 'duration');
  const zero = times.filter(({ keys }) => problemsWith({ keys }, '0ms').length === 0).map(({ at }) => at.replace(/\*\|\d+/, '*'));
  expect(zero.filter((at) => !at.startsWith('distribution'))).toEqual(MAY_BE_ZERO);
});

it('only these texts are free, all others name something that has to be there', () => {
  const texts = PLACES.filter(({ shape }) => shape.kind === 'text' && !shape.pattern);
  const free = texts.filter(({ keys }) => problemsWith({ keys }, 'nobody').length === 0).map(({ at }) => at.replace(/\*\|\d+/, '*'));
  expect([...new Set(free)]).toEqual(FREE_TEXTS);
});

describe.each(Object.entries(SETTABLE))('a live change of %s', (id, kind) => {
  const target = kind === 'link' ? ['links', '0'] : ['components', id];
  it.each(LIVE[kind]!)('to a wrong %s is said where the change is', (parameter) => {
    const keys = [...target, ...parameter.split('.')];
    const place = WRITTEN.find((one) => pathText(one.keys) === keys.join('.').replace(/^links\.0/, 'links[0]'))!;
    const path = pathText(place.keys);
    for (const value of wrongFor(place.shape)) {
      const problems = problemsWith({ keys: ['faults'] }, [{ at: '1s', set: { [path]: value } }]);
      const blamed = problems.map((item) => item.path);
      expect(blamed, quoted(value)).toContain(`faults[0].set[${JSON.stringify(path)}]`);
      expect(
        problems.filter((item) => item.path.startsWith('components')),
        quoted(value),
      ).toEqual([]);
    }
  });
});

it('a wrong value that a variant brings is said inside the variant', () => {
  const inComponents = PLACES.filter(({ keys, at }) => keys.length > 2 && keys[0] === 'components' && !at.includes('['));
  for (const { keys, shape } of inComponents) {
    const value = wrongFor(shape).find((one) => typeof one === 'string' || typeof one === 'number');
    const patch = keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
    const read = readScenario({ ...QUIET, variants: { wrong: patch } }, 'wrong');
    const blamed = read.ok ? [] : read.problems.map((item) => item.path);
    expect(
      blamed.some((path) => isAt(path, pathText(['variants', 'wrong', ...keys]))),
      `${pathText(keys)} = ${quoted(value)}: ${blamed.join()}`,
    ).toBe(true);
  }
});
