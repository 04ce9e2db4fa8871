/** Links of every kind of badness: the list L of the project's bad inputs. Made here from their parts, so that each is bad in one way. */
import { deflateSync } from 'fflate';
import { toBase64url } from '../../src/share/base64url';
import { seal } from '../../src/share/seal';
import { encodeLink, type SharedState } from '../../src/share/link';

export const STATE: SharedState = {
  scenario: { version: 1, title: 'Greeter', files: { 'greeter.ts': 'export async function onRequest() {}\n' } },
  seed: 7,
  timeMicros: 1_500_000,
  variant: 'queue',
  selection: 'components.greeter',
  language: 'zh',
  lessonId: 'greeter',
};

/** A link that is whole in every outer layer and holds these bytes. */
export function linkOfBytes(bytes: Uint8Array): string {
  return `v1.${toBase64url(seal(deflateSync(bytes, { level: 9 })))}`;
}

export function linkOfText(text: string): string {
  return linkOfBytes(new TextEncoder().encode(text));
}

/** `fields` replace those of a good link. */
export function linkOfFields(fields: Record<string, unknown>): string {
  return linkOfText(JSON.stringify({ scenario: STATE.scenario, ...fields }));
}

const good = encodeLink(STATE);
const spaces = (bytes: number) => linkOfBytes(new Uint8Array(bytes).fill(32));

export const BAD_LINKS: readonly [what: string, link: string, key: string][] = [
  ['L1 nothing', '#', 'problem.linkNone'],
  ['L2 a version without a payload', '#v1=', 'problem.linkNone'],
  ['L2 an empty payload', 'v1.', 'problem.linkDamaged'],
  ['L3 a version that is not yet known', good.replace('v1', 'v999'), 'problem.linkNewer'],
  ['L5 one letter changed', good.replace(/.$/, (last) => (last === 'A' ? 'g' : 'A')), 'problem.linkDamaged'],
  ['L6 letters outside the alphabet', `${good.slice(0, 40)}é${good.slice(41)}`, 'problem.linkDamaged'],
  ['L10 data of this version that claims the next', good.replace('v1', 'v2'), 'problem.linkNewer'],
  ['L11 two hundred megabytes of spaces', `v1.${'A'.repeat(272_000)}`, 'problem.linkTooLong'],
  ['L12 fifty megabytes that fit in a link', spaces(45_000_000), 'problem.linkTooLarge'],
  ['L13 a packed text where the scenario should be', linkOfFields({ scenario: good }), 'problem.linkNoScenario'],
  ['L14 two megabytes of fragment', `#v1.${'x'.repeat(2_000_000)}`, 'problem.linkTooLong'],
  ['L15 broken UTF-8', linkOfBytes(Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d)), 'problem.linkDamaged'],
  ['L16 UTF-16', linkOfBytes(Uint8Array.of(0xff, 0xfe, 0x7b, 0, 0x7d, 0)), 'problem.linkDamaged'],
  ['L17 a million brackets', linkOfText('['.repeat(1_000_000) + ']'.repeat(1_000_000)), 'problem.linkTooLarge'],
  ['L18 very many keys', linkOfText(`{"scenario":{${'"a":1,'.repeat(300_000)}"b":2}}`), 'problem.linkTooLarge'],
  ['L21 a seed beyond every number', linkOfText('{"scenario":{},"seed":1e999}'), 'problem.linkField'],
  ['L21 an instant that is no number', linkOfFields({ at: 'NaN' }), 'problem.linkField'],
  ['L21 an instant before the start', linkOfFields({ at: -1 }), 'problem.linkField'],
  ['L21 a seed beyond exact integers', linkOfText('{"scenario":{},"seed":9007199254740993}'), 'problem.linkField'],
  ['L22 two fragments', '#nothing#here', 'problem.linkNone'],
  ['L26 a variant name of ten thousand letters', linkOfFields({ variant: 'x'.repeat(10_000) }), 'problem.linkField'],
  ['L101 a lesson that is a path', linkOfFields({ lesson: '../../etc' }), 'problem.linkField'],
  ['no object', linkOfText('null'), 'problem.linkNoScenario'],
  ['a list for a scenario', linkOfFields({ scenario: [] }), 'problem.linkNoScenario'],
  ['no JSON', linkOfText('{scenario: 1}'), 'problem.linkDamaged'],
];
