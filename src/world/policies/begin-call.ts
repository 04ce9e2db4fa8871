/** The one way to begin a call: with nothing to guard it, it carries nothing for guards. */
import type { Micros } from '../../model/time';
import { Call } from '../call';
import { NO_GUARDS } from './call-policies';
import { GuardedCall, type CallSetting } from './guarded-call';
import { HedgedCall } from './hedged-call';

/** @param inheritedDeadlineAt when the request must be over for which the caller works; −1 for never */
export function beginCall(setting: CallSetting, inheritedDeadlineAt: Micros): Call {
  const { world, request, chain, way, body, options, observer } = setting;
  const isPlain = options.guards === undefined && inheritedDeadlineAt < 0 && !way.speaksGrpc;
  // The rare kinds are made elsewhere: this stays short enough to be inlined, and then there is no setting at all.
  const call = isPlain ? new Call(world, request, chain, way, body, options, observer) : guardedCall(setting, inheritedDeadlineAt);
  world.tracer?.callBegins(call, setting.span);
  call.begin();
  return call;
}

function guardedCall(setting: CallSetting, inheritedDeadlineAt: Micros): Call {
  const { guards = NO_GUARDS } = setting.options;
  const own = guards.deadlineMicros === undefined ? -1 : setting.world.kernel.now + guards.deadlineMicros;
  const deadlineAt = own < 0 || (inheritedDeadlineAt >= 0 && inheritedDeadlineAt < own) ? inheritedDeadlineAt : own;
  return guards.hedge ? new HedgedCall(setting, guards, deadlineAt) : new GuardedCall(setting, guards, deadlineAt);
}
