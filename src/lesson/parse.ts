/** The contents of a lesson folder → Lesson. Pure: the catalogue, the command line and tests each bring the files their own way. */
import * as v from 'valibot';
import { LANGUAGES, type Lesson, type LessonStep, type LessonText, type Localized, type Question } from '../model/lesson';
import { problem, type Problem, type Result } from '../model/problem';
import type { readScenario } from '../model/read-scenario';
import { LESSON_SCHEMA, type LessonFile } from './schema';

export interface LessonFolder {
  /** `01-greeter`. */
  readonly name: string;
  /** `lesson.json`, parsed as JSON. */
  readonly lesson: unknown;
  /** `en.md` and `zh.md`, split by `splitLessonText`. */
  readonly text: Localized<LessonText>;
  /** `start/*.ts` by file name. */
  readonly start: Readonly<Record<string, string>>;
  /** `solution/*.ts`: only the files that differ from the start. */
  readonly solution: Readonly<Record<string, string>>;
}

/**
 * Reads a lesson, or says everything that is wrong with it; paths begin with the file's name. Never throws.
 * @param readFile reads the lesson's scenario; without it, the scenario is taken to be right
 */
export function parseLesson(folder: LessonFolder, readFile?: typeof readScenario): Result<Lesson> {
  const name = /^(\d{2})-([a-z0-9-]+)$/.exec(folder.name);
  if (!name) return { ok: false, problems: [problem('', 'problem.lessonFolder', { value: folder.name })] };
  const read = v.safeParse(LESSON_SCHEMA, folder.lesson);
  if (!read.success) return { ok: false, problems: read.issues.map(schemaProblem) };
  const problems = [
    ...fileProblems(read.output, folder),
    ...(readFile ? scenarioProblems(read.output, folder, readFile) : []),
    ...textProblems(read.output, folder.text),
  ];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: toLesson(read.output, folder, name[2] ?? '', Number(name[1])) };
}

function toLesson(file: LessonFile, folder: LessonFolder, id: string, number: number): Lesson {
  return {
    id,
    number,
    text: folder.text,
    scenario: { ...file.scenario, files: folder.start },
    lanes: file.lanes,
    editable: file.editable,
    start: folder.start,
    solution: { ...folder.start, ...folder.solution },
    steps: file.steps.map(toStep),
    checks: file.checks.map((check) => ({ ...check, atLeast: check.atLeast, atMost: check.atMost })),
    hiddenSeeds: file.hiddenSeeds,
  };
}

function toStep(step: LessonFile['steps'][number]): LessonStep {
  if (step.kind === 'predict') return { kind: 'predict', question: toQuestion(step.question) };
  if (step.kind === 'modify' || step.kind === 'check') return step;
  return { kind: step.kind, controls: step.controls, question: step.question && toQuestion(step.question) };
}

function toQuestion(question: {
  text: Localized;
  options: readonly (Omit<Question['options'][number], 'misconception'> & { misconception?: string | undefined })[];
}): Question {
  return { text: question.text, options: question.options.map((option) => ({ ...option, misconception: option.misconception })) };
}

function schemaProblem(issue: v.BaseIssue<unknown>): Problem {
  const path = ['lesson.json', ...(issue.path ?? []).map((item) => String(item.key))].join('.');
  return problem(path, 'problem.lessonField', { value: issue.received, expected: issue.expected ?? issue.message });
}

/** The files that `lesson.json` names must be there, and a prediction is asked before anything runs. */
function fileProblems(file: LessonFile, folder: LessonFolder): Problem[] {
  const problems: Problem[] = [];
  const named: [path: string, name: string][] = file.editable.map((name, index) => [`lesson.json.editable.${index}`, name]);
  file.steps.forEach((step, index) => {
    if (step.kind === 'modify') named.push([`lesson.json.steps.${index}.file`, step.file]);
  });
  Object.keys(folder.solution).forEach((name) => named.push([`solution/${name}`, name]));
  for (const [path, name] of named)
    if (!Object.hasOwn(folder.start, name)) problems.push(problem(path, 'problem.lessonFile', { value: name }));

  if (file.steps[0]?.kind !== 'predict') problems.push(problem('lesson.json.steps.0', 'problem.lessonPredictFirst'));
  return problems;
}

/** Every lane must be a scenario that runs. A problem of the base would come again with each variant, so the first lane's suffice. */
function scenarioProblems(file: LessonFile, folder: LessonFolder, readFile: typeof readScenario): Problem[] {
  for (const { variant } of file.lanes) {
    const read = readFile({ ...file.scenario, files: folder.start }, variant);
    if (!read.ok) return read.problems.map((item) => ({ ...item, path: `lesson.json.scenario.${item.path}` }));
  }
  return [];
}

function textProblems(file: LessonFile, text: Localized<LessonText>): Problem[] {
  return LANGUAGES.flatMap((language) => {
    const { title, sections } = text[language];
    const problems: Problem[] = [];
    if (title === '') problems.push(problem(`${language}.md`, 'problem.lessonTitle'));
    if (sections.length !== file.steps.length)
      problems.push(problem(`${language}.md`, 'problem.lessonSections', { sections: sections.length, steps: file.steps.length }));
    return problems;
  });
}
