/** A frame in a few words: its name as the standard writes it, its length, its stream or connection, its flags. */
import { ACK, BY_CONNECTION, END_STREAM, FRAME_NAMES, FrameType, readFrame } from '../../model/frame';

type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** Those below carry flags of HTTP/2 and belong to streams; the rest belongs to connections. */
const HTTP2_TYPES = 16;

export function frameText({ detail, value }: { readonly detail: number; readonly value: number }, t: Translate): string {
  const { type, flags, bytes, stream, increment } = readFrame(detail, value);
  const name = FRAME_NAMES[type] ?? t(`log.frame.${type}`);
  const parts = [name, t('log.frameBytes', { bytes })];
  if (type >= HTTP2_TYPES) parts.push(t('log.frameConnection', { connection: stream }));
  else if (type === FrameType.goAway) parts.push(t('log.frameLastStream', { stream }));
  else if (stream > 0) parts.push(t('log.frameStream', { stream }));
  if (increment > 0) parts.push(t('log.frameIncrement', { bytes: increment }));
  const carriesEnd = type === FrameType.data || type === FrameType.headers;
  if (carriesEnd && (flags & END_STREAM) !== 0) parts.push('END_STREAM');
  if ((type === FrameType.settings || type === FrameType.ping) && (flags & ACK) !== 0) parts.push('ACK');
  return parts.join(' · ');
}

/** Of a record of a blocked stream: the window of its connection is used up, not its own. */
export function isByConnection({ detail }: { readonly detail: number }): boolean {
  return readFrame(detail, 0).type === BY_CONNECTION;
}
