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
  if (!way?.to.takesStreams) {
    const why = way?.to.takesCalls
      ? `${target} passes no streams on: stream to a service`
      : world.topology.whyNoWay(node, target, 'stream');
    throw new CallFailed('UNAVAILABLE', why);
  }
  if (!way.speaksGrpc) {
    const why = `a stream needs gRPC: write "protocol": "grpc" in the link from ${node.id} to ${target}`;
    throw new CallFailed('UNIMPLEMENTED', why);
  }
  if (stopped) throw new CallFailed(stopped, `nobody waits for ${node.id} any more`);
  const own = deadlineMicros === undefined ? -1 : world.kernel.now + deadlineMicros;
  const call = new StreamCall(invocation, way, own < 0 || (inherited >= 0 && inherited < own) ? inherited : own);
  call.begin();
  if (body !== undefined) call.client.write(body, true);
  return new StreamView(call);
}
