import { describe, expect, it } from 'vitest';
import { CATALOGUE, findLesson, MISCONCEPTION_NAMES } from '../../src/lesson/catalogue';
import { readScenario } from '../../src/model/read-scenario';
import { LANGUAGES, MEASURES, type Lesson, type Question } from '../../src/model/lesson';

function questionsOf(lesson: Lesson): Question[] {
  return lesson.steps.flatMap((step) => ('question' in step && step.question ? [step.question] : []));
}

describe('the lessons that ship', () => {
  it('stand in order and are found by id', () => {
    expect(CATALOGUE.map(({ number }) => number)).toEqual([...CATALOGUE].map((_lesson, index) => index + 1));
    expect(findLesson('greeter')?.text.zh.title).toBe('问候服务');
  });

  it.each(CATALOGUE)('$id has a scenario that reads in every lane', (lesson) => {
    for (const { variant } of lesson.lanes) expect(readScenario(lesson.scenario, variant).ok).toBe(true);
  });

  it.each(CATALOGUE)('$id names only misconceptions that have a sentence in both languages', (lesson) => {
    const named = [
      ...questionsOf(lesson).flatMap(({ options }) => options.map(({ misconception }) => misconception)),
      ...lesson.checks.map(({ misconception }) => misconception),
    ];
    for (const id of named.filter((name) => name !== undefined)) {
      for (const language of LANGUAGES) expect(MISCONCEPTION_NAMES[id]?.[language], `${id} in ${language}`).toBeTruthy();
    }
  });

  it.each(CATALOGUE)('$id quotes only measures that exist, the same ones in both languages', (lesson) => {
    for (const check of lesson.checks) {
      const [en, zh] = LANGUAGES.map((language) => [...check.failed[language].matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort());
      expect(MEASURES).toEqual(expect.arrayContaining(en ?? []));
      expect(zh).toEqual(en);
    }
  });

  it.each(CATALOGUE)('$id has a solution that changes editable files and nothing else', (lesson) => {
    const changed = Object.keys(lesson.start).filter((name) => lesson.solution[name] !== lesson.start[name]);
    expect(changed.length).toBeGreaterThan(0);
    expect(lesson.editable).toEqual(expect.arrayContaining(changed));
  });

  it.each(CATALOGUE)('$id has its sections as HTML', (lesson) => {
    for (const language of LANGUAGES) expect(lesson.text[language].intro).toMatch(/^<p>/);
  });
});
