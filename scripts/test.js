// `npm test`: every check, then every test, then one line that counts them. All of them run, whichever fail.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHECKS = ['lint', 'format', 'types', 'unused'];

/** npm puts `node_modules/.bin` on the path; its commands are scripts on Windows. */
function run(command, parameters) {
  return spawnSync(command, parameters, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
}

const failedChecks = CHECKS.filter((check) => !run('npm', ['run', '--silent', check]));

const folder = mkdtempSync(join(tmpdir(), 'async-lab-test-'));
const report = join(folder, 'report.json');
// Parameters go to vitest: `npm test -- test/share`.
const testsPassed = run('vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);
const { numPassedTests, numFailedTests } = readReport();
rmSync(folder, { recursive: true });

for (const check of failedChecks) console.log(`FAILED: npm run ${check}`);
// A run that dies outside of any test counts as one failure.
const failedTests = Math.max(numFailedTests, testsPassed ? 0 : 1);
console.log(`${numPassedTests + CHECKS.length - failedChecks.length} passed, ${failedTests + failedChecks.length} failed`);
process.exitCode = testsPassed && failedChecks.length === 0 ? 0 : 1;

function readReport() {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0 };
  }
}
