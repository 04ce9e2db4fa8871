/** Whatever is done to a link, reading it ends with a state or a problem. Half the changes are made inside, where the checksum is right. */
import { expect, it } from 'vitest';
import { decodeLink, encodeLink } from '../../src/share/link';
import { linkOfText, STATE } from './bad-links';

const MUTATIONS = 24_000;
const JSON_PIECES = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\u0000',
  'null',
  '1e999',
  '-0',
  '"__proto__":',
  '"seed":',
  '"scenario":',
  '{"a":1}',
  '\\',
  'true',
];
const LINK_PIECES = ['v1.', 'v2.', '%', '%25', '=', '+', '/', '#', '-', '_', 'é', '\n', '.', 'A', 'z'];

/** Small, seeded and good enough to pick places: mulberry32. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function mutate(text: string, pieces: readonly string[], pick: (below: number) => number): string {
  let changed = text;
  for (let times = pick(3); times >= 0; times--) {
    const [from, to] = [pick(changed.length + 1), pick(changed.length + 1)];
    const piece = pieces[pick(pieces.length)] ?? '';
    const ways = [
      () => changed.slice(0, from) + piece + changed.slice(from),
      () => changed.slice(0, from) + piece + changed.slice(from + piece.length),
      () => changed.slice(0, from) + changed.slice(from + 1 + pick(8)),
      () => changed.slice(0, Math.max(from, to)) + changed.slice(Math.min(from, to)),
    ];
    changed = ways[pick(ways.length)]?.() ?? changed;
  }
  return changed;
}

it(`${MUTATIONS} mutated links: none throws, and every way to end is reached`, () => {
  const pick = chance(20_261_122);
  const [link, json] = [
    encodeLink(STATE),
    JSON.stringify({ scenario: STATE.scenario, seed: 7, at: 15, variant: 'queue', lesson: 'greeter' }),
  ];
  const endings = new Map<string, number>();
  for (let round = 0; round < MUTATIONS; round++) {
    const mutated = round % 2 === 0 ? mutate(link, LINK_PIECES, pick) : linkOfText(mutate(json, JSON_PIECES, pick));
    const read = decodeLink(mutated);
    const ending = read.ok ? 'opened' : read.problems.map(({ key }) => key).join();
    endings.set(ending, (endings.get(ending) ?? 0) + 1);
  }
  for (const ending of [
    'opened',
    'problem.linkNone',
    'problem.linkNewer',
    'problem.linkDamaged',
    'problem.linkNoScenario',
    'problem.linkField',
  ]) {
    expect(endings.get(ending), ending).toBeGreaterThan(0);
  }
});
