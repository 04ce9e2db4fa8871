/** The lesson folders of this installation, read from disk. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lesson } from '../model/lesson';
import type { Result } from '../model/problem';
import { parseLesson } from '../lesson/parse';
import { splitLessonText } from '../lesson/text';
import { readScenario } from '../model/read-scenario';

/** The bundle lies in a folder of its own beside `lessons`. */
const LESSONS = fileURLToPath(new URL('../lessons', import.meta.url));

export function readLessons(): { folder: string; result: Result<Lesson> }[] {
  const folders = readdirSync(LESSONS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map((entry) => entry.name)
    .sort()
    .map((folder) => ({ folder, result: readLesson(join(LESSONS, folder), folder) }));
}

function readLesson(path: string, name: string): Result<Lesson> {
  const text = (file: string) => (existsSync(join(path, file)) ? readFileSync(join(path, file), 'utf8') : '');
  const folder = {
    name,
    lesson: JSON.parse(text('lesson.json') || 'null') as unknown,
    text: { en: splitLessonText(text('en.md')), zh: splitLessonText(text('zh.md')) },
    start: filesIn(join(path, 'start')),
    solution: filesIn(join(path, 'solution')),
  };
  return parseLesson(folder, readScenario);
}

function filesIn(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
