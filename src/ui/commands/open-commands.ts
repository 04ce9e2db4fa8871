/** What can be opened: lessons and examples, by their titles in both languages. */
import { language, t } from '../../i18n/t.svelte';
import { CATALOGUE } from '../../lesson/catalogue';
import { EXAMPLES } from '../../lesson/examples';
import { LANGUAGES } from '../../model/lesson';
import type { Lab } from '../../state/lab.svelte';
import { fieldWords } from '../gallery/example-search';
import { openExample } from '../gallery/open-example';
import type { Page } from '../shell/page';
import { named, type Command } from './command';

export function openCommands(lab: Lab, page: Page): readonly Command[] {
  return [...lessonCommands(lab, page), ...exampleCommands(lab, page)];
}

function lessonCommands(lab: Lab, page: Page): readonly Command[] {
  return CATALOGUE.map(({ id, number, text }) => ({
    id: `lesson ${id}`,
    group: 'lessons',
    title: `${String(number).padStart(2, '0')} ${text[language.current].title}`,
    also: LANGUAGES.filter((other) => other !== language.current)
      .map((other) => text[other].title)
      .join(' '),
    run: () => {
      page.leaveLink();
      void lab.openLesson(id);
    },
  }));
}

function exampleCommands(lab: Lab, page: Page): readonly Command[] {
  return EXAMPLES.flatMap(({ id: group, names }) =>
    names.map((name): Command => {
      const { title, also } = named(`examples.${name}`);
      return {
        id: `example ${name}`,
        group: 'examples',
        title,
        also: `${also} ${name} ${t(`examples.group.${group}`)} ${fieldWords(name)}`,
        run: () => void openExample(lab, page, name),
      };
    }),
  );
}
