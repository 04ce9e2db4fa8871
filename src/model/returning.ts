/** Which way a message goes, as the four parts of a delay count it: away from the one who asked (Tr), or back towards them (Tp). */
import { MessageKind } from './trace';

/** Replies, confirms and acknowledgements travel towards the one who asked. */
export function isReturning(kind: MessageKind): boolean {
  return (
    kind !== MessageKind.request &&
    kind !== MessageKind.message &&
    kind !== MessageKind.cancel &&
    kind !== MessageKind.records &&
    kind !== MessageKind.part
  );
}
