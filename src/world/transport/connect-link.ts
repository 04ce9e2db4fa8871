/** Gives the two ways of a link their wires and what carries messages on them, as the scenario asks. */
import { connectionMachine, http1ConnectionMachine, http2ConnectionMachine, http2StreamMachine, tcpMachine } from '../../machines/index';
import type { Connection } from '../../model/kinds/connection';
import type { Link } from '../../model/kinds/link';
import type { Driver } from '../driver';
import { GrpcFormat } from '../grpc/grpc-format';
import { Http1Carrier } from '../http/http1-carrier';
import { Http2Carrier } from '../http/http2-carrier';
import { JsonFormat } from '../http/json-format';
import type { World } from '../world';
import type { Carrier, ConnectedLinkNode } from './connected-link-node';
import { PlainCarrier } from './plain-carrier';
import { Wire } from './wire';

export function connectLink(
  world: World,
  driver: Driver,
  { connection, ...link }: Link & { readonly connection: Connection },
  forth: ConnectedLinkNode,
  back: ConnectedLinkNode,
): void {
  const wireForth = new Wire(world, forth, link.forth.bytesPerSecond);
  const wireBack = new Wire(world, back, link.back.bytesPerSecond);
  const [outward, homeward] = [
    { there: wireForth, back: wireBack },
    { there: wireBack, back: wireForth },
  ];
  const machines = { connection: driver.define(connectionMachine), tcp: driver.define(tcpMachine) };
  const { protocol } = connection;
  let carrier: (wires: typeof outward) => Carrier;
  switch (protocol.kind) {
    case 'plain': {
      // Both ends write on the one connection.
      const only = new PlainCarrier(world, machines, connection, outward);
      carrier = () => only;
      break;
    }
    case 'http1': {
      const http1 = { ...machines, http1: driver.define(http1ConnectionMachine) };
      carrier = (wires) => new Http1Carrier(world, http1, connection, protocol, wires);
      break;
    }
    case 'http2':
    case 'grpc': {
      const http2 = { ...machines, http2: driver.define(http2ConnectionMachine), stream: driver.define(http2StreamMachine) };
      const isSecure = connection.tls !== 'none';
      const isGrpc = protocol.kind === 'grpc';
      const format = isGrpc ? new GrpcFormat(world, protocol, isSecure) : new JsonFormat(world.topology, isSecure);
      const settings = isGrpc ? protocol.http2 : protocol;
      carrier = (wires) => new Http2Carrier(world, http2, connection, settings, format, wires);
      break;
    }
  }
  forth.protection = back.protection = connection.tls;
  // Whoever asks opens the connection, so each way has its own for the requests that go that way.
  forth.carrier = carrier(outward);
  back.carrier = carrier(homeward);
}
