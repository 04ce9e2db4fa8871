/** What is written behind a command of the command line: options, and the files among them. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { CliError } from './cli-error';

/** Throws a `CliError` for an option that the command does not have, or that lacks its value. */
export function readParameters<const Options extends NonNullable<ParseArgsConfig['options']>>(parameters: string[], options: Options) {
  try {
    return parseArgs({ args: parameters, options, allowPositionals: true });
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\.(?:\s|$)/); // Node adds advice that does not fit every option.
    throw new CliError(`${sentence}. \`async-lab --help\` lists the options.`);
  }
}
