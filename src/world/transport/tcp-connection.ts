/** A TCP connection with both its directions, its handshake and, if asked for, that of TLS. The `connection` machine decides. */
import { endCode, FrameType } from '../../model/frame';
import type { Connection } from '../../model/kinds/connection';
import type { Definition, Instance } from '../driver';
import type { World } from '../world';
import { Frame } from './frame';
import { TcpDirection } from './tcp-direction';
import type { Wire } from './wire';

/**
 * Octets of the TLS 1.3 handshake with one record a flight. Fixed by RFC 8446 are those of a Finished with SHA-256 (4 + 32 in a record with
 * 22 more). The others are what is usual: a ClientHello with the common extensions, and a chain of two certificates with a signature, which
 * the server sends always and the client for mutual TLS.
 */
const CLIENT_HELLO = 320;
const SERVER_HELLO = 160;
const CERTIFICATES = 2_800;
const CERTIFICATE_REQUEST = 60;
const FINISHED = 58;

export interface ConnectionMachines {
  readonly connection: Definition;
  readonly tcp: Definition;
}

/** What is above the connection at its two ends. */
export interface ConnectionLayer {
  /** The client may send from now on. */
  ready(): void;
  /** TCP gave up. */
  failed(): void;
  clientPull(): Frame | undefined;
  serverPull(): Frame | undefined;
  clientReceived(frame: Frame): void;
  serverReceived(frame: Frame): void;
}

export class TcpConnection {
  readonly client: TcpDirection;
  readonly server: TcpDirection;
  private readonly machine: Instance;
  private readonly machines: ConnectionMachines;
  private isReady = false;

  constructor(
    world: World,
    /** Counts from 1 on each way of a link. */
    readonly number: number,
    machines: ConnectionMachines,
    model: Connection,
    wires: { readonly there: Wire; readonly back: Wire },
    private readonly layer: ConnectionLayer,
  ) {
    this.machines = machines;
    const isMutual = model.tls === 'mtls';
    const failed = (): void => this.fail();
    const toServer = {
      pull: () => (this.isReady ? layer.clientPull() : undefined),
      received: (frame: Frame) => this.serverReceived(frame, isMutual),
      failed,
    };
    const toClient = {
      pull: () => (this.isReady ? layer.serverPull() : undefined),
      received: (frame: Frame) => this.clientReceived(frame),
      failed,
    };
    this.client = new TcpDirection(world, wires.there, toServer, machines.tcp, model.minRtoMicros, endCode(number, false));
    this.server = new TcpDirection(world, wires.back, toClient, machines.tcp, model.minRtoMicros, endCode(number, true));
    this.machine = machines.connection.create(
      { secure: model.tls !== 'none' },
      {
        actions: {
          sendSyn: () => this.client.sendControl(this.step(FrameType.syn, 0)),
          sendHello: () => this.client.sendControl(this.step(FrameType.clientHello, CLIENT_HELLO)),
          sendFinished: () => {
            this.client.isSecured = this.server.isSecured = true;
            this.client.sendControl(this.step(FrameType.clientFinished, isMutual ? CERTIFICATES + FINISHED : FINISHED));
          },
          ready: () => {
            this.isReady = true;
            for (const { way } of [wires.there, wires.back]) way.tap?.opened(this);
            layer.ready();
          },
          failed: () => {
            this.closeDirections(true);
            layer.failed();
          },
        },
      },
    );
  }

  open(): void {
    this.machine.send(this.machines.connection.event('open'));
  }

  /** Nobody needs it any more: what is on its way is thrown away. */
  close(): void {
    this.machine.send(this.machines.connection.event('close'));
    this.closeDirections(false);
  }

  /** Whoever listens has reason to think that nobody is there any more. */
  fail(): void {
    this.machine.send(this.machines.connection.event('fail'));
  }

  private closeDirections(isGivenUp: boolean): void {
    if (this.client.isClosed) return;
    this.client.closed(this.number, isGivenUp);
    for (const { way } of [this.client.wire, this.server.wire]) way.tap?.closed(this);
    this.client.close();
    this.server.close();
  }

  private serverReceived(frame: Frame, isMutual: boolean): void {
    if (frame.type === FrameType.syn) this.server.sendControl(this.step(FrameType.synAck, 0));
    else if (frame.type === FrameType.clientHello) {
      const asked = isMutual ? CERTIFICATE_REQUEST : 0;
      this.server.sendControl(this.step(FrameType.serverFinished, SERVER_HELLO + asked + CERTIFICATES + FINISHED));
    } else if (frame.type !== FrameType.clientFinished) this.layer.serverReceived(frame);
  }

  private clientReceived(frame: Frame): void {
    if (frame.type === FrameType.synAck) this.machine.send(this.machines.connection.event('synAcked'));
    else if (frame.type === FrameType.serverFinished) this.machine.send(this.machines.connection.event('serverFinished'));
    else this.layer.clientReceived(frame);
  }

  private step(type: FrameType, bytes: number): Frame {
    return new Frame(type, bytes, this.number);
  }
}
