/** Spans that handlers start with `ctx.span`. The code of a span gets a `ctx` of its own: what it asks for happens in the span. */
import { LIMITS } from '../../model/limits';
import type { SpanLink } from '../../model/span';
import { parseTraceparent } from '../../model/traceparent';
import { catchable } from '../../sim/step-limit';
import { fulfil, isPromise, observe, reject, VirtualPromise } from '../../sim/virtual-promise';
import type { Invocation } from '../invocation';
import { optionsOf } from '../options-of';
import { errorOf } from './tracer';
import { SpanRole, type SpanKey } from './trace-ids';

/** What a handler gets that ends a span itself. */
export class SpanView {
  readonly #traceparent: () => string;
  readonly #end: (error: string | undefined) => void;

  constructor(
    /** `ctx` inside the span. */
    readonly ctx: unknown,
    traceparent: () => string,
    end: (error: string | undefined) => void,
  ) {
    this.#traceparent = traceparent;
    this.#end = end;
  }

  get traceparent(): string {
    return this.#traceparent();
  }

  /** Ends the span, well or with an error. Only the first end counts. */
  end(error?: unknown): void {
    this.#end(error === undefined ? undefined : errorText(error));
  }
}

// As with Context: the way to the class would be one to the simulator.
Reflect.deleteProperty(SpanView.prototype, 'constructor');

/**
 * Starts a span in another. With code it lasts until the code has ended, and the result is the code's; without, until its `end`.
 * @param inside makes the `ctx` of the span
 */
export function handlerSpan(
  { world, node, request }: Invocation,
  parent: SpanKey,
  inside: (key: SpanKey) => unknown,
  [name, code, options]: readonly unknown[],
): unknown {
  if (typeof name !== 'string' || name === '' || name.length > LIMITS.idLength) {
    throw new TypeError(`the name of a span must be a text of 1 to ${LIMITS.idLength} characters`);
  }
  if (code !== undefined && typeof code !== 'function') throw new TypeError('ctx.span needs a function, or nothing, after the name');
  const { spans } = world;
  const key: SpanKey = { request: request.id, subject: ++spans.startedByHandlers, role: SpanRole.own };
  const index = spans.start({ key, parent, links: linksIn(options), name, kind: 'internal', place: node.place });
  const end = (error: string | undefined): void => spans.end(index, error);
  const ctx = inside(key);
  if (!code) return Object.freeze(new SpanView(ctx, () => spans.traceparent(key), end));
  let result: unknown;
  try {
    result = (code as (ctx: unknown) => unknown)(ctx);
  } catch (error) {
    end(errorText(catchable(error)));
    throw error;
  }
  if (isPromise(result)) return followed(result, end);
  end(undefined);
  return result;
}

/** Settles as the promise does, once the span has ended. */
function followed(promise: VirtualPromise, end: (error: string | undefined) => void): VirtualPromise {
  const result = new VirtualPromise();
  const follower = {
    /** Leads the async stack on. */
    result,
    settled: (ok: boolean, value: unknown): void => {
      end(ok ? undefined : errorText(value));
      if (ok) fulfil(result, value);
      else reject(result, value);
    },
  };
  observe(promise, follower);
  return result;
}

function linksIn(options: unknown): SpanLink[] {
  if (options === undefined) return [];
  const { links } = optionsOf(options, 'the options of ctx.span', ['links']);
  if (!Array.isArray(links) || links.length > LIMITS.spanLinks) {
    throw new TypeError(`the options of ctx.span are { links: […] }, with at most ${LIMITS.spanLinks} links`);
  }
  return links.map((header: unknown) => {
    const context = typeof header === 'string' ? parseTraceparent(header) : undefined;
    if (!context) throw new TypeError('a link of ctx.span must be a traceparent, like 00-…-…-01');
    return { traceId: context.traceId, spanId: context.spanId };
  });
}

function errorText(error: unknown): string {
  return typeof error === 'string' ? error : errorOf(error);
}
