/** The one way to begin a call: with nothing to guard it, it carries nothing for guards. */
import type { Micros } from '../../model/time';
import { Call } from '../call';
import { NO_GUARDS } from './call-policies';
import { GuardedCall, type CallSetting } from './guarded-call';
import { HedgedCall } from './hedged-call';

/** @param inheritedDeadlineAt when the request must be over for which the caller works; −1 for never */
export function beginCall(setting: CallSetting, inheritedDeadlineAt: Micros): Call {
  const call = makeCall(setting, inheritedDeadlineAt);
  setting.world.tracer?.callBegins(call, setting.span);
  call.begin();
  return call;
}

function makeCall(setting: CallSetting, inheritedDeadlineAt: Micros): Call {
  const { world, request, chain, way, body, options, observer } = setting;
  const { guards = NO_GUARDS } = options;
  const own = guards.deadlineMicros === undefined ? -1 : world.kernel.now + guards.deadlineMicros;
  const deadlineAt = own < 0 || (inheritedDeadlineAt >= 0 && inheritedDeadlineAt < own) ? inheritedDeadlineAt : own;
  if (options.guards === undefined && deadlineAt < 0 && !way.cancelsCalls)
    return new Call(world, request, chain, way, body, options, observer);
  return guards.hedge ? new HedgedCall(setting, guards, deadlineAt) : new GuardedCall(setting, guards, deadlineAt);
}
