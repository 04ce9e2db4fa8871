/** What services and links owe: no worker idles while somebody waits, and what is sent arrives when it is due. */
import { RecordKind } from '../../src/model/trace';
import { atEachInstant, fixedMicros, linkAt, placeOf, type Entry, type Traced } from './trace-of';

export function expectServices({ file, lane, entries, broken }: Traced): void {
  for (const [id, component] of Object.entries(file.components)) {
    if (component['kind'] !== 'service') continue;
    const [place, workers] = [placeOf(lane, id), Number(component['workers'] ?? 1)];
    let [waiting, busy] = [0, 0];
    const take = (entry: Entry): void => {
      if (entry.place !== place) return;
      const { kind } = entry;
      if (kind === RecordKind.joined || kind === RecordKind.woken) waiting++;
      else if (kind === RecordKind.workerTaken || kind === RecordKind.resumed) {
        // One that finds a free worker does not join first.
        if (waiting > 0) waiting--;
        busy++;
      } else if (kind === RecordKind.workerFreed || kind === RecordKind.yielded) busy--;
    };
    atEachInstant(entries, take, (time) => {
      if (waiting > 0 && busy < workers)
        broken('nobody waits for an idle worker', `${id}: ${waiting} wait, ${busy} of ${workers} busy, t = ${time} µs`);
    });
  }
}

export function expectLinks({ file, lane, entries, broken }: Traced): void {
  const flights = new Map<string, Flight[]>();
  let last: Flight = { sent: -1, due: -1 };
  for (const [sent, { kind, place, subject, time, value, detail }] of entries.entries()) {
    const link = linkAt(lane, place);
    if (!link) continue;
    const name = `${link.from} → ${link.to}`;
    const model = file.links[link.link]!;
    const back = model['back'] as Readonly<Record<string, unknown>> | undefined;
    const loss = Number((link.way === 'back' ? (back?.['loss'] ?? model['loss']) : model['loss']) ?? 0);
    const delay = fixedMicros((link.way === 'back' ? (back?.['delay'] ?? model['delay']) : model['delay']) ?? '0ms');
    const key = `${place} ${subject} ${detail}`;
    if (kind === RecordKind.messageSent) {
      flights.set(key, [...(flights.get(key) ?? []), { sent, due: value }]);
      if (delay !== undefined && value - time !== delay) broken('a constant delay is kept', `${name}: ${value - time} µs`);
    } else if (kind === RecordKind.messageLost && loss === 0) broken('nothing is lost without a loss', name);
    else if (kind === RecordKind.messageDelivered) {
      if (loss === 1) broken('nothing arrives where all is lost', name);
      const flying = flights.get(key) ?? [];
      const at = flying.findIndex(({ due }) => due === time);
      const [flight] = at < 0 ? [] : flying.splice(at, 1);
      if (!flight) broken('what is sent arrives when it is due', `${name}: message ${subject}, t = ${time} µs`);
      // The kernel's order at one instant is that in which events were planned, and an arrival is planned when its message leaves.
      else if (last.due === time && flight.sent < last.sent)
        broken('at one instant, first sent is first there', `${name}: message ${subject}`);
      last = flight ?? last;
    }
  }
}

interface Flight {
  /** Index of the record that sent it. */
  readonly sent: number;
  readonly due: number;
}
