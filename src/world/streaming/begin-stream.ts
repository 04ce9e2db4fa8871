/** `ctx.stream`: opens a streaming call. @throws CallFailed when there is no way for one, with what would be right */
import { readStreamOptions } from '../call-options';
import type { Invocation } from '../invocation';
import { CallFailed } from '../status';
import { StreamCall } from './stream-call';
import { StreamView } from './stream-view';

export function beginStream(invocation: Invocation, target: string, body: unknown, options: unknown): StreamView {
  const { world, node, stopped, deadlineAt: inherited } = invocation;
  const deadlineMicros = options === undefined ? undefined : readStreamOptions(options, node.delays);
  const way = node.ways.get(target);
  if (!way?.to.takesStreams) throw new CallFailed('UNAVAILABLE', world.topology.whyNoWay(node, target, 'stream'));
  if (!way.speaksGrpc) throw new CallFailed('UNIMPLEMENTED', needsGrpc(node.id, target));
  if (stopped) throw new CallFailed(stopped, `nobody waits for ${node.id} any more`);
  const own = deadlineMicros === undefined ? -1 : world.kernel.now + deadlineMicros;
  const call = new StreamCall(invocation, way, own < 0 || (inherited >= 0 && inherited < own) ? inherited : own);
  call.begin();
  if (body !== undefined) call.client.write(body, true);
  return new StreamView(call);
}

/** What to do about a link that carries no streams. */
export function needsGrpc(from: string, to: string): string {
  return `a stream needs gRPC: write "protocol": "grpc" in the link from ${from} to ${to}`;
}
