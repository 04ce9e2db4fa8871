/** W3C Trace Context, §3.2, with the header that the recommendation gives as its example. */
import { describe, expect, it } from 'vitest';
import { formatTraceparent, parseTraceparent } from '../../src/model/traceparent';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const EXAMPLE = `00-${TRACE}-${SPAN}-01`;

describe('traceparent', () => {
  it('is written as in the recommendation', () => {
    expect(formatTraceparent({ traceId: TRACE, spanId: SPAN, sampled: true })).toBe(EXAMPLE);
    expect(formatTraceparent({ traceId: TRACE, spanId: SPAN, sampled: false })).toBe(`00-${TRACE}-${SPAN}-00`);
  });

  it('is read as in the recommendation', () => {
    expect(parseTraceparent(EXAMPLE)).toEqual({ traceId: TRACE, spanId: SPAN, sampled: true });
    expect(parseTraceparent(`00-${TRACE}-${SPAN}-00`)?.sampled).toBe(false);
  });

  it.each([
    ['other flags than the one known', `00-${TRACE}-${SPAN}-09`, true],
    ['all flags but the one known', `00-${TRACE}-${SPAN}-fe`, false],
    ['a later version', `cc-${TRACE}-${SPAN}-01`, true],
    ['a later version with more parts', `cc-${TRACE}-${SPAN}-01-what-the-future-will-be-like`, true],
  ])('reads %s', (_what, header, sampled) => {
    expect(parseTraceparent(header)).toEqual({ traceId: TRACE, spanId: SPAN, sampled });
  });

  it.each([
    ['a version that is forbidden', `ff-${TRACE}-${SPAN}-01`],
    ['a version in capitals', `CC-${TRACE}-${SPAN}-01`],
    ['more parts than version 00 has', `${EXAMPLE}-extra`],
    ['a later version that goes on without a dash', `cc-${TRACE}-${SPAN}-01.what`],
    ['a trace id of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['a span id of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['a trace id in capitals', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ['a trace id that is short', `00-${TRACE.slice(1)}-${SPAN}-01`],
    ['a span id that is long', `00-${TRACE}-${SPAN}0-01`],
    ['flags that are no digits', `00-${TRACE}-${SPAN}-.1`],
    ['flags of one digit', `00-${TRACE}-${SPAN}-1`],
    ['nothing', ''],
  ])('ignores %s', (_what, header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });
});
