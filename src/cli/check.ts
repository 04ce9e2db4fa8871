/** `async-lab check`: proves each lesson in both directions. Every starter must fail its checks, every solution must pass them. */
import { problemSentence } from '../i18n/problem-sentence';
import type { Lesson } from '../model/lesson';
import { CliError } from './cli-error';
import { readLessons } from './read-lessons';
import { Threads } from './threads';

export async function check(names: string[]): Promise<number> {
  const lessons = readLessons();
  const unknown = names.find((name) => !lessons.some((lesson) => matches(lesson.folder, name)));
  if (unknown !== undefined) {
    throw new CliError(`There is no lesson "${unknown}". There are: ${lessons.map((lesson) => lesson.folder).join(', ')}`);
  }
  const chosen = lessons.filter(({ folder }) => names.length === 0 || names.some((name) => matches(folder, name)));
  const threads = new Threads(2);
  let failed = 0;
  try {
    for (const { folder, result } of chosen) {
      const complaints = result.ok
        ? await prove(result.value, threads)
        : result.problems.map((item) => `${item.path}: ${problemSentence(item, 'en')}`);
      process.stdout.write(complaints.length === 0 ? `${folder}: starter fails, solution passes\n` : '');
      for (const complaint of complaints) process.stderr.write(`${folder}: ${complaint}\n`);
      failed += complaints.length > 0 ? 1 : 0;
    }
  } finally {
    await threads.close();
  }
  return failed > 0 ? 1 : 0;
}

async function prove(lesson: Lesson, threads: Threads): Promise<string[]> {
  const { scenario, lanes, checks, hiddenSeeds } = lesson;
  const checkable = { scenario, lanes, checks, hiddenSeeds };
  const [starter, solution] = await Promise.all([threads.check(checkable, lesson.start), threads.check(checkable, lesson.solution)]);
  const complaints = [...starter.problems, ...solution.problems].map((item) => `${item.path}: ${problemSentence(item, 'en')}`);
  if (starter.passed) complaints.push('the starter passes every check already');
  for (const outcome of solution.outcomes) {
    if (outcome.passed) continue;
    complaints.push(
      `the solution fails "${outcome.check}" with seed ${outcome.seed}, ${outcome.variant ?? 'base'}: ${outcome.value ?? 'nothing'}`,
    );
  }
  return complaints;
}

function matches(folder: string, name: string): boolean {
  return folder === name || folder.replace(/^\d+-/, '') === name || folder.startsWith(`${name}-`);
}
