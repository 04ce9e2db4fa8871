/** The scene in words, for those who do not see the stage. */
import { joinSentences } from '../../i18n/sentences';
import type { LaneResult } from '../../model/run-result';
import { RecordKind } from '../../model/trace';
import { attackersOf } from './attackers';
import { connectionStrips } from './connection-strips';
import { connectionSentences } from './connection-words';
import type { PlaceScene, Scene } from '../../metrics/scene';

export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

export function describeScene(scene: Scene, lane: LaneResult, unconfirmed: ReadonlySet<string>, clock: string, t: Translate): string {
  const sentences = [t('stage.describeTime', { time: clock })];
  lane.places.forEach((place, index) => {
    const now = scene.places[index];
    if (place.kind === 'link' || place.kind === 'part' || place.kind === 'attacker' || !now) return;
    if (place.kind === 'client') {
      const ended = now.counts[RecordKind.requestEnded] ?? 0;
      sentences.push(t('stage.clientLabel', { name: place.id, open: (now.counts[RecordKind.requestStarted] ?? 0) - ended, ended }));
    } else if (place.kind === 'service') {
      sentences.push(
        t('stage.serviceLabel', { name: place.id, busy: now.busy, workers: lane.workersOfPlace[index] ?? 0, waiting: now.waiting }),
      );
    } else if (place.kind === 'store') {
      sentences.push(t('stage.storeLabel', storeCounts(place.id, now, lane.workersOfPlace[index] ?? 0)));
    } else if (place.kind === 'balancer') {
      const underWay = (now.counts[RecordKind.forwarded] ?? 0) - (now.counts[RecordKind.answered] ?? 0);
      const out = (now.counts[RecordKind.backendOut] ?? 0) - (now.counts[RecordKind.backendBack] ?? 0);
      sentences.push(t('stage.balancerLabel', { name: place.id, underWay, out }));
    } else if (place.kind === 'topic') sentences.push(t('stage.topicLabel', topicWords(place.id, now)));
    else sentences.push(queueLabel(queueCounts(place.id, now), !unconfirmed.has(place.id), t));
  });
  lane.places.forEach((place, index) => {
    const verbs = new Set(scene.places[index]?.faults.map(({ verb }) => t(`log.fault.${verb}`)));
    if (verbs.size === 0 || place.kind === 'part') return;
    const where = place.kind === 'link' ? `${place.from} → ${place.to}` : place.id;
    sentences.push(t('stage.describeFaults', { where, faults: [...verbs].join(', ') }));
  });
  for (const attacker of attackersOf(lane, scene)) {
    const { name, from, to, acts, accepted } = attacker;
    if (attacker.isPresent) sentences.push(t('stage.describeAttacker', { name, from, to, acts, accepted }));
  }
  for (const strip of connectionStrips(lane, scene)) sentences.push(connectionSentences(strip, t));
  const lost = scene.places.reduce((sum, { counts }) => sum + (counts[RecordKind.messageLost] ?? 0), 0);
  sentences.push(t('stage.describeFlights', { flights: scene.inFlight, lost }));
  return joinSentences(...sentences);
}

/** What a store does at an instant, and what its transactions came to so far. */
export function storeCounts(name: string, { busy, waiting, counts }: PlaceScene, workers: number) {
  return { name, busy, workers, waiting, committed: counts[RecordKind.committed] ?? 0, aborted: counts[RecordKind.aborted] ?? 0 };
}

/** What a queue holds at an instant, and what it has thrown away and sent on so far. */
export function queueCounts(name: string, { waiting, delayed, unacknowledged, blocked, counts }: PlaceScene) {
  const so = (kind: RecordKind): number => counts[kind] ?? 0;
  return {
    name,
    ready: waiting - delayed,
    delayed,
    unacknowledged,
    blocked,
    deadLettered: so(RecordKind.deadLettered),
    expired: so(RecordKind.expired),
    dropped: so(RecordKind.dropped),
    refused: so(RecordKind.refused),
  };
}

/** What is worth a note below a queue, in few words; empty when nothing is. */
export function queueTroubles(counts: ReturnType<typeof queueCounts>, confirms: boolean, t: Translate): string {
  const notes = (['blocked', 'delayed', 'deadLettered', 'expired', 'dropped', 'refused'] as const)
    .filter((key) => counts[key] > 0)
    .map((key) => t(`stage.queue.${key}`, counts));
  if (!confirms) notes.push(t('stage.queue.noConfirms'));
  return notes.join(' · ');
}

/** The same as a sentence. */
export function queueLabel(counts: ReturnType<typeof queueCounts>, confirms: boolean, t: Translate): string {
  const troubles = queueTroubles(counts, confirms, t);
  const label = t('stage.queueLabel', counts);
  return troubles === '' ? label : t('stage.queueLabelMore', { label, troubles });
}

/** What a topic says of itself: its records, and how far each group is behind. */
export function topicWords(name: string, { log }: PlaceScene): Readonly<Record<string, string | number>> {
  const partitions = log?.partitions ?? [];
  const behind = (readers: readonly { readonly next: number; readonly member: number }[]): number =>
    readers.reduce((sum, { next, member }, at) => sum + (member < 0 ? 0 : (partitions[at]?.end ?? 0) - next), 0);
  return {
    name,
    partitions: partitions.length,
    records: partitions.reduce((sum, { start, end }) => sum + end - start, 0),
    appended: partitions.reduce((sum, { end }) => sum + end, 0),
    groups: (log?.groups ?? []).map((group) => `${group.name} ${behind(group.readers)}`).join(', '),
  };
}
