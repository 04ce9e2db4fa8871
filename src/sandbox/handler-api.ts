/** What handlers hold of the simulator: objects by name, and classes whose instances they get or catch. A change to one would be seen by all. */
import { ValueRefused } from '../handlers/copy-value';
import { HELPERS } from '../handlers/delay';
import { HandlerError } from '../handlers/handler-error';
import { HANDLER_MATH } from '../handlers/handler-math';
import { VirtualAsyncGenerator } from '../sim/async-generator';
import { RUNTIME } from '../sim/lowered-runtime';
import { addMicrotask } from '../sim/microtask';
import { VirtualPromise } from '../sim/virtual-promise';
import { Context } from '../world/context';
import { CryptoView } from '../world/crypto-view';
import { CallFailed } from '../world/status';
import { StoreView } from '../world/store-view';
import { RequestsView, StreamView } from '../world/streaming/stream-view';
import { SpanView } from '../world/tracing/handler-span';

const NAMED: readonly object[] = [HANDLER_MATH, HELPERS, RUNTIME, VirtualPromise, addMicrotask];

export const HANDLER_API: readonly object[] = [
  ...NAMED,
  Context,
  StoreView,
  CryptoView,
  SpanView,
  StreamView,
  RequestsView,
  VirtualAsyncGenerator,
  CallFailed,
  HandlerError,
  ValueRefused,
];
