/** How much a line of a handler's log matters, by OpenTelemetry's names of severities (Logs Data Model, "Displaying Severity"). */

/** As records have them: a plain `ctx.log` is 0. */
export const LogLevel = { info: 0, debug: 1, warn: 2, error: 3 } as const;
export type LogLevelName = keyof typeof LogLevel;

/** The least serious first. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const satisfies readonly LogLevelName[];

/** Whether a level of a record is as serious as another, or more. */
export function isAtLeast(level: number, least: LogLevelName): boolean {
  return LOG_LEVELS.findIndex((name) => LogLevel[name] === level) >= LOG_LEVELS.indexOf(least);
}
