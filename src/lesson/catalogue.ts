/** The lessons that ship with the page, in order. They are part of the bundle, so they work offline. */
import misconceptions from '../../lessons/misconceptions.json';
import type { Lesson, LessonText, Localized } from '../model/lesson';
import { parseLesson, type LessonFolder } from './parse';

type Files<T> = Readonly<Record<string, T>>;

const LESSONS: Files<unknown> = import.meta.glob('../../lessons/*/lesson.json', { eager: true, import: 'default' });
const TEXTS: Files<LessonText> = import.meta.glob('../../lessons/*/{en,zh}.md', { eager: true, import: 'default' });
const CODE: Files<string> = import.meta.glob('../../lessons/*/{start,solution}/*.ts', { eager: true, import: 'default', query: '?raw' });

export const CATALOGUE: readonly Lesson[] = Object.keys(LESSONS)
  .map((path) => path.split('/').at(-2) ?? '')
  .sort((left, right) => (left < right ? -1 : 1))
  .map(readShippedLesson);

/** What to call a wrong idea, by its id (`M3`). */
export const MISCONCEPTION_NAMES: Files<Localized> = misconceptions;

export function findLesson(id: string): Lesson | undefined {
  return CATALOGUE.find((lesson) => lesson.id === id);
}

/** A lesson of ours that does not read is our mistake: a test reads them all, so this never happens to a learner, who need not load what checks scenarios. */
function readShippedLesson(name: string): Lesson {
  const folder: LessonFolder = {
    name,
    lesson: LESSONS[`../../lessons/${name}/lesson.json`],
    text: { en: textOf(name, 'en'), zh: textOf(name, 'zh') },
    start: filesIn(`${name}/start`),
    solution: filesIn(`${name}/solution`),
  };
  const read = parseLesson(folder);
  if (!read.ok) throw new Error(`lessons/${name}: ${JSON.stringify(read.problems)}`);
  return read.value;
}

function textOf(name: string, language: string): LessonText {
  return TEXTS[`../../lessons/${name}/${language}.md`] ?? { title: '', intro: '', sections: [] };
}

function filesIn(folder: string): Record<string, string> {
  const prefix = `../../lessons/${folder}/`;
  const inside = Object.entries(CODE).filter(([path]) => path.startsWith(prefix));
  return Object.fromEntries(inside.map(([path, text]) => [path.slice(prefix.length), text]));
}
