/** `async-lab`: the same simulator without a page. Exit status: 0 fine, 1 the scenario, code or command is bad, 2 an invariant of ours broke. */
import { audit } from './audit';
import { check } from './check';
import { CliError } from './cli-error';
import { HELP } from './help';
import { run } from './run';
import { sweep } from './sweep';

const [command, ...rest] = process.argv.slice(2);

try {
  process.exitCode = await main(command, rest);
} catch (error) {
  if (!(error instanceof CliError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function main(name: string | undefined, parameters: string[]): Promise<number> {
  const asksForHelp = parameters.some((parameter) => parameter === '--help' || parameter === '-h');
  switch (asksForHelp ? 'help' : name) {
    case 'run':
      return run(parameters);
    case 'sweep':
      return sweep(parameters);
    case 'check':
      return check(parameters);
    case 'audit':
      return audit(parameters);
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      process.stdout.write(HELP);
      return 0;
    default:
      throw new CliError(`There is no command "${name}". \`async-lab --help\` lists them.`);
  }
}
