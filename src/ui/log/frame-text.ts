/** A frame in a few words: its name as the standard writes it, its length, its stream or connection, its flags. */
import { ACK, END_STREAM, FRAME_NAMES, FrameType, readFrame } from '../../model/frame';

type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** Those below carry flags of HTTP/2 and belong to streams; the rest belongs to connections. */
const HTTP2_TYPES = 16;

export function frameText({ detail, value }: { readonly detail: number; readonly value: number }, t: Translate): string {
  const { type, flags, bytes, stream } = readFrame(detail, value);
  const name = FRAME_NAMES[type] ?? t(`log.frame.${type}`);
  const parts = [name, t('log.frameBytes', { bytes })];
  if (type >= HTTP2_TYPES) parts.push(t('log.frameConnection', { connection: stream }));
  else if (stream > 0) parts.push(t('log.frameStream', { stream }));
  const carriesEnd = type === FrameType.data || type === FrameType.headers;
  if (carriesEnd && (flags & END_STREAM) !== 0) parts.push('END_STREAM');
  if ((type === FrameType.settings || type === FrameType.ping) && (flags & ACK) !== 0) parts.push('ACK');
  return parts.join(' · ');
}
