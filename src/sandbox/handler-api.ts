/** The classes of the simulator whose instances handlers hold: a handler that changed one would change it for all. */
import { VirtualPromise } from '../sim/virtual-promise';
import { CallOperation, Context } from '../world/context';
import { Operation } from '../world/operation';
import { CallFailed } from '../world/status';

export const HANDLER_API: readonly object[] = [Context, Operation, CallOperation, VirtualPromise, CallFailed];
