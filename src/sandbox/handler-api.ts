/** The classes of the simulator whose instances handlers hold, or catch: a handler that changed one would change it for all. */
import { ValueRefused } from '../handlers/copy-value';
import { HandlerError } from '../handlers/handler-error';
import { VirtualPromise } from '../sim/virtual-promise';
import { Context } from '../world/context';
import { CallFailed } from '../world/status';

export const HANDLER_API: readonly object[] = [Context, VirtualPromise, CallFailed, HandlerError, ValueRefused];
