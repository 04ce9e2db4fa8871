/** The words for a connection: short ones for its strip on the stage, and whole sentences for who does not see it. */
import { joinSentences } from '../../i18n/sentences';
import { sizeText } from '../observe/size-text';
import { blockedStreams, type ConnectionStrip, type Http2Strip, type PoolStrip, type WindowLeft } from './connection-strips';
import type { Translate } from './describe';

/** `3 of 100 streams`, or the handshake that goes on; of a pool, `2 of 6 busy`. */
export function phaseWords(strip: ConnectionStrip, t: Translate): string {
  if (strip.protocol === 'http1') {
    const { busy, settingUp, limit } = strip;
    return t(busy === 0 && settingUp > 0 ? 'stage.http1.settingUp' : 'stage.http1.busy', { busy, limit, settingUp });
  }
  const { phase, streams, limit } = strip;
  const params = { open: streams.length, limit: limit ?? 0 };
  if (phase === 'open' && limit === undefined) return t('stage.http2.openUnlimited', params);
  return t(`stage.http2.${phase}`, params);
}

/** What keeps requests or streams from going on; empty when nothing does. */
function troubleWords(strip: Http2Strip, t: Translate): string {
  const blocked = blockedStreams(strip);
  const words: string[] = [];
  if (blocked) words.push(t(blocked.by === 'stream' ? 'stage.http2.blockedByStream' : 'stage.http2.blockedByConnection', blocked));
  if (strip.waiting > 0)
    words.push(t(strip.phase === 'open' ? 'stage.http2.waitsForStream' : 'stage.http2.waitsForConnection', { waiting: strip.waiting }));
  return words.join(' · ');
}

function windowWords({ from, bytes, ofBytes, streamBytes, streamOfBytes }: WindowLeft, t: Translate): string {
  const said = t('stage.http2.window', { from, left: sizeText(Math.max(0, bytes)), of: sizeText(ofBytes) });
  if (streamBytes === undefined) return said;
  return joinSentences(said, t('stage.http2.streamWindow', { left: sizeText(Math.max(0, streamBytes)), of: sizeText(streamOfBytes) }));
}

/** A connection, or a pool of them, as sentences. */
export function connectionSentences(strip: ConnectionStrip, t: Translate): string {
  return strip.protocol === 'http1' ? poolSentences(strip, t) : http2Sentences(strip, t);
}

function poolSentences({ from, to, busy, idle, settingUp, limit, waiting }: PoolStrip, t: Translate): string {
  return joinSentences(
    t('stage.http1.describe', { from, to, busy, idle, settingUp, limit }),
    waiting > 0 ? t('stage.http1.waits', { count: waiting }) : '',
  );
}

function http2Sentences(strip: Http2Strip, t: Translate): string {
  const { from, to, number, phase, windows } = strip;
  const sentences = [t('stage.http2.describe', { from, to, number, state: phaseWords(strip, t) })];
  const trouble = troubleWords(strip, t);
  if (trouble !== '') sentences.push(t('stage.http2.describeTrouble', { trouble }));
  const [there, back] = strip.frames;
  if (there + back > 0) sentences.push(t('stage.http2.frames', { there, back }));
  if (phase === 'open' || phase === 'goingAway') sentences.push(...windows.map((left) => windowWords(left, t)));
  return joinSentences(...sentences);
}
