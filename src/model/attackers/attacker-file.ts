/** An attacker as people write it: `"mallory": { "from": "client", "to": "shop", "tamper": { "probability": 0.1, "body": { "amount": 1 } } }`. */
import * as v from 'valibot';
import { linksBetween, type Ends } from '../faults/fault-file';
import { LIMITS } from '../limits';
import { asWritten, problem } from '../problem';
import { readDuration, readRate } from '../resolve';
import { choice, duration, number, object, rate, text, wholeNumber } from '../schema-parts';
import type { Reading } from '../scenario-reading';
import { pathText } from '../path-text';
import type { JsonRecord } from '../variant';
import type { Attacker, Making } from './attacker';

const id = text(LIMITS.idLength);
const making = { rate, as: v.optional(id), body: v.optional(v.unknown()) };

export const attackerSchema = object({
  from: id,
  to: id,
  at: v.optional(duration(LIMITS.durationMicros)),
  for: v.optional(duration(LIMITS.durationMicros, 1)),
  tamper: v.optional(object({ probability: v.optional(number(0, 1)), body: v.unknown() })),
  forge: v.optional(object({ ...making, over: v.optional(choice('link', 'connection')) })),
  replay: v.optional(
    object({
      probability: v.optional(number(0, 1)),
      after: v.optional(duration(LIMITS.delayMicros)),
      times: v.optional(wholeNumber(1, LIMITS.replays)),
    }),
  ),
  flood: v.optional(object(making)),
});

type AttackerFile = v.InferOutput<typeof attackerSchema>;

const REPLAY_AFTER = '1s';

export function resolveAttacker(name: string, file: AttackerFile, links: Ends): Attacker {
  const { from, to, tamper, forge, replay, flood } = file;
  const fromMicros = readDuration(file.at ?? '0ms');
  const made = (given: NonNullable<AttackerFile['flood']>, over: Making['over']): Making => ({
    perSecond: readRate(given.rate),
    as: given.as ?? from,
    body: given.body,
    over,
  });
  return {
    kind: 'attacker',
    id: name,
    from,
    to,
    ways: linksBetween({ from, to, oneWay: true }, links).map(({ link, forth }) => ({ link, way: forth ? 'forth' : 'back' })),
    fromMicros,
    untilMicros: file.for === undefined ? undefined : fromMicros + readDuration(file.for),
    tamper: tamper && { probability: tamper.probability ?? 1, body: tamper.body },
    replay: replay && {
      probability: replay.probability ?? 1,
      afterMicros: readDuration(replay.after ?? REPLAY_AFTER),
      times: replay.times ?? 1,
    },
    forge: forge && made(forge, forge.over ?? 'link'),
    flood: flood && made(flood, 'connection'),
  };
}

const INJECTING = ['forge', 'replay', 'flood'] as const;

export function checkAttackers({ attackers, components, links, problems }: Reading): void {
  for (const [name, attacker] of attackers) {
    const where = (key?: string): string => pathText(['attackers', name, ...(key === undefined ? [] : [key])]);
    if (components.has(name)) problems.push(problem(where(), 'problem.attackerName', { value: name }));
    const { from, to } = attacker;
    if (typeof from !== 'string' || typeof to !== 'string') continue;
    const joins = (link: JsonRecord): boolean =>
      (link['from'] === from && link['to'] === to) || (link['from'] === to && link['to'] === from);
    if (!links.some(joins)) {
      problems.push(problem(where(), 'problem.attackerWithoutLink', { from, to }));
      continue;
    }
    for (const end of [from, to]) {
      const kind = components.get(end)?.['kind'];
      if (kind === 'store' || kind === 'topic')
        problems.push(problem(where(), 'problem.attackerAt', { value: end, kind: asWritten(kind) }));
    }
    if (components.get(to)?.['kind'] !== 'client') continue;
    for (const key of INJECTING)
      if (attacker[key] !== undefined) problems.push(problem(where(key), 'problem.attackerOfClient', { value: to }));
  }
}
