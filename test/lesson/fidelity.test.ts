import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FIDELITY } from '../../src/lesson/fidelity';
import * as machines from '../../src/machines/index';
import { COMPONENT_KINDS } from '../../src/model/component-kind';

const LANGUAGES = ['en', 'zh'] as const;
const texts = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(`src/i18n/${language}/fidelity.json`, 'utf8')) as Record<string, string>;

function page(language: string): string {
  const t = texts(language);
  const sections = FIDELITY.map(
    ({ id }) =>
      `## ${t[`fidelity.${id}`]}\n\n- ${t['fidelity.is']}: ${t[`fidelity.${id}.is`]}\n- ${t['fidelity.not']}: ${t[`fidelity.${id}.not`]}\n`,
  );
  return `# ${t['fidelity.title']}\n\n${t['fidelity.intro']}\n\n${sections.join('\n')}`;
}

describe('what is modelled', () => {
  it('is said of every statechart that is executed, once', () => {
    const executed = Object.keys(machines).filter((name) => name.endsWith('Machine'));
    const told = FIDELITY.flatMap((subject) => subject.machines.map((machine) => `${machine}Machine`));
    expect(told.sort(), 'Add the machine to a subject of src/lesson/fidelity.ts.').toEqual(executed.sort());
  });

  it('is said of every kind of component', () => {
    const subjects = FIDELITY.map(({ id }) => id);
    expect(COMPONENT_KINDS.filter((kind) => !subjects.includes(kind))).toEqual([]);
  });

  it.each(LANGUAGES)('has its words in %s', (language) => {
    const t = texts(language);
    const keys = FIDELITY.flatMap(({ id }) => ['', '.is', '.not'].map((end) => `fidelity.${id}${end}`));
    expect(keys.filter((key) => !t[key])).toEqual([]);
  });

  it.each(LANGUAGES)('stands in public/fidelity.%s.md as the page says it', async (language) => {
    await expect(page(language)).toMatchFileSnapshot(`../../public/fidelity.${language}.md`);
  });
});
