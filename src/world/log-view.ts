/** `ctx.log`: a function, and one for each level. */
import { LOG_LEVELS, type LogLevelName } from '../model/log-level';
import type { Invocation } from './invocation';
import { logLine } from './log-text';

type Write = (...values: unknown[]) => void;
export type LogView = Write & Readonly<Record<LogLevelName, Write>>;

export function logView({ world, node, request }: Invocation): LogView {
  const at = (level: LogLevelName): Write =>
    Object.freeze((...values: unknown[]): void => world.journal.log(node, request, level, logLine(values)));
  const levels = Object.fromEntries(LOG_LEVELS.map((level) => [level, at(level)])) as Record<LogLevelName, Write>;
  return Object.freeze(Object.assign((...values: unknown[]): void => levels.info(...values), levels));
}
