/** The attackers that an audit sends: one for each act, on each way of a link that somebody could stand on. */
import type { AttackActName } from '../../model/attackers/attacker';
import { componentsOf, freeName, kindOf, linksOf } from '../../model/edits/parts';
import { formatDuration, type Micros } from '../../model/time';
import type { JsonRecord } from '../../model/variant';
import type { Subject } from './subject';

export interface Attack {
  readonly act: AttackActName | 'eavesdrop';
  readonly from: string;
  readonly to: string;
  readonly fromMicros: Micros;
  readonly untilMicros: Micros;
  readonly file: JsonRecord;
}

/** They come after this share of the counted part of the run, and stay for this share. */
const WHEN = { begins: 0.2, lasts: 0.4 };
/** Share of what passes that is changed or sent again; so many messages of their own for each that the clients send. */
const SHARE = 0.3;
const FORGED = 0.3;
const FLOODED = 5;
/** A copy follows after this share of their stay. */
const AFTER = 0.05;

export function attacks({ file, scenario }: Subject, requestsPerSecond: number): Attack[] {
  const counted = scenario.durationMicros - scenario.warmupMicros;
  const fromMicros = Math.round(scenario.warmupMicros + counted * WHEN.begins);
  const lasts = Math.max(1, Math.round(counted * WHEN.lasts));
  const rate = (times: number): string => `${Number(Math.max(requestsPerSecond * times, 0.001).toFixed(4))}/s`;
  const name = freeName('mallory', (taken) => Object.hasOwn(componentsOf(file), taken));
  const acts: readonly (readonly [Attack['act'], JsonRecord])[] = [
    ['eavesdrop', {}],
    ['tamper', { tamper: { probability: SHARE, body: { tampered: true } } }],
    ['forge', { forge: { rate: rate(FORGED), body: { forged: true } } }],
    ['replay', { replay: { probability: SHARE, after: formatDuration(Math.max(1, Math.round(lasts * AFTER))) } }],
    ['flood', { flood: { rate: rate(FLOODED) } }],
  ];
  const times = { at: formatDuration(fromMicros), for: formatDuration(lasts) };
  const ways = linksOf(file).flatMap(({ from, to }) =>
    typeof from === 'string' && typeof to === 'string'
      ? [
          { from, to },
          { from: to, to: from },
        ]
      : [],
  );
  const isOpen = (id: string): boolean => kindOf(file, id) !== 'store' && kindOf(file, id) !== 'topic';
  return ways
    .filter(({ from, to }) => isOpen(from) && isOpen(to))
    .flatMap(({ from, to }) =>
      acts
        // To whoever asks, answers are all that goes: what nobody has asked for is not taken.
        .filter(([act]) => act === 'eavesdrop' || act === 'tamper' || isAsked(file, from, to))
        .map(([act, doing]) => ({
          act,
          from,
          to,
          fromMicros,
          untilMicros: fromMicros + lasts,
          file: { ...file, attackers: { [name]: { from, to, ...times, ...doing } } },
        })),
    );
}

/** Whether requests or messages go this way, and not only their answers. */
function isAsked(file: JsonRecord, from: string, to: string): boolean {
  return kindOf(file, to) !== 'client' && linksOf(file).some((link) => link['from'] === from && link['to'] === to);
}
