/** The scene in words, for those who do not see the stage. */
import type { LaneResult } from '../../model/run-result';
import { RecordKind } from '../../model/trace';
import type { Scene } from '../../metrics/scene';

export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

export function describeScene(scene: Scene, lane: LaneResult, clock: string, t: Translate): string {
  const sentences = [t('stage.describeTime', { time: clock })];
  lane.places.forEach((place, index) => {
    const now = scene.places[index];
    if (place.kind === 'link' || place.kind === 'part' || !now) return;
    if (place.kind === 'client') {
      const ended = now.counts[RecordKind.requestEnded] ?? 0;
      sentences.push(t('stage.clientLabel', { name: place.id, open: (now.counts[RecordKind.requestStarted] ?? 0) - ended, ended }));
    } else if (place.kind === 'service') {
      sentences.push(
        t('stage.serviceLabel', { name: place.id, busy: now.busy, workers: lane.workersOfPlace[index] ?? 0, waiting: now.waiting }),
      );
    } else if (place.kind === 'balancer') {
      const underWay = (now.counts[RecordKind.forwarded] ?? 0) - (now.counts[RecordKind.answered] ?? 0);
      const out = (now.counts[RecordKind.backendOut] ?? 0) - (now.counts[RecordKind.backendBack] ?? 0);
      sentences.push(t('stage.balancerLabel', { name: place.id, underWay, out }));
    } else sentences.push(t('stage.queueLabel', { name: place.id, ready: now.waiting, unacknowledged: now.unacknowledged }));
  });
  const lost = scene.places.reduce((sum, { counts }) => sum + (counts[RecordKind.messageLost] ?? 0), 0);
  sentences.push(t('stage.describeFlights', { flights: scene.inFlight, lost }));
  return sentences.join(' ');
}
