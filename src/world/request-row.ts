/** The row of a client's request, written when it is decided, or at the end of the run. */
import type { Micros } from '../model/time';
import { InvariantBroken } from '../sim/assert';
import type { Recorder } from '../sim/recorder';
import type { ClientRequest } from './client-request';

export function writeRow(recorder: Recorder, request: ClientRequest, now: Micros): void {
  const { chain, startedAt } = request;
  chain.spend('td', now);
  const { tr, td, ts, tp } = chain;
  if (tr + td + ts + tp !== now - startedAt) throw new InvariantBroken(`the four parts of request ${request.id} add up to T`);
  recorder.request(request.id, request.client, request.outcome, startedAt, request.acceptedAt, now, request.held(now), tr, td, ts, tp);
}
