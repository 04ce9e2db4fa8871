/** The frames of HTTP/2 that this product sends, with their true lengths: 9 octets of header and the payload (RFC 9113 §4.1, §6). */
import {
  ACK,
  END_HEADERS,
  END_STREAM,
  FRAME_HEADER,
  frameValue,
  FrameType,
  WINDOW_UPDATE_BYTES,
  windowUpdateValue,
} from '../../model/frame';
import { Frame } from '../transport/frame';

const SETTING = 6;
/** "PRI * HTTP/2.0", empty line, "SM", empty line (RFC 9113 §3.4). */
const PREFACE = 24;

/** RFC 9113 §7. */
export const ErrorCode = { noError: 0x0, refusedStream: 0x7, cancel: 0x8 } as const;
export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

/** Settings that an end announces; what is missing keeps its initial value (RFC 9113 §6.5.2). */
export interface Settings {
  readonly headerTableBytes?: number;
  readonly maxConcurrentStreams?: number;
  readonly initialWindowBytes?: number;
  readonly maxFrameBytes?: number;
  /** What a client says so that no server pushes. */
  readonly enablePush?: false;
}

export class HeadersFrame extends Frame {
  /** Header blocks are short enough for one frame: there is no CONTINUATION. */
  constructor(
    stream: number,
    readonly block: readonly number[],
    endsStream: boolean,
  ) {
    super(FrameType.headers, FRAME_HEADER + block.length, stream, END_HEADERS | (endsStream ? END_STREAM : 0));
  }
}

export class DataFrame extends Frame {
  constructor(
    stream: number,
    readonly content: number,
    endsStream: boolean,
  ) {
    super(FrameType.data, FRAME_HEADER + content, stream, endsStream ? END_STREAM : 0);
  }
}

export class WindowUpdateFrame extends Frame {
  /** @param stream 0 for the window of the connection */
  constructor(
    stream: number,
    readonly increment: number,
  ) {
    super(FrameType.windowUpdate, WINDOW_UPDATE_BYTES, stream);
  }

  override get recordValue(): number {
    return windowUpdateValue(this.increment, this.stream);
  }
}

export class ResetFrame extends Frame {
  constructor(
    stream: number,
    readonly code: ErrorCode,
  ) {
    super(FrameType.resetStream, FRAME_HEADER + 4, stream);
  }
}

export class SettingsFrame extends Frame {
  /** @param settings undefined in an acknowledgement */
  constructor(readonly settings: Settings | undefined) {
    super(FrameType.settings, FRAME_HEADER + SETTING * Object.keys(settings ?? {}).length, 0, settings ? 0 : ACK);
  }
}

export class PingFrame extends Frame {
  constructor(isAnswer: boolean) {
    super(FrameType.ping, FRAME_HEADER + 8, 0, isAnswer ? ACK : 0);
  }
}

export class GoAwayFrame extends Frame {
  /** @param lastStream the last one that was or will be handled */
  constructor(readonly lastStream: number) {
    super(FrameType.goAway, FRAME_HEADER + 8, 0);
  }

  override get recordValue(): number {
    return frameValue(this.bytes, this.lastStream);
  }
}

export class PrefaceFrame extends Frame {
  constructor() {
    super(FrameType.preface, PREFACE, 0);
  }
}

export function endsStream(frame: Frame): boolean {
  return (frame.flags & END_STREAM) !== 0;
}
