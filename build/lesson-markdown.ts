/** `lessons/NN-name/en.md` as a module: its sections as HTML, made at build time, so that no Markdown library is shipped. */
import { marked } from 'marked';
import type { Plugin } from 'vite';
import { splitLessonText } from '../src/lesson/text.ts';
import type { LessonText } from '../src/model/lesson.ts';

export function lessonMarkdown(): Plugin {
  return {
    name: 'lesson-markdown',
    transform: {
      filter: { id: /[\\/]lessons[\\/][\w-]+[\\/]\w+\.md$/ },
      handler: (markdown) => ({ code: `export default ${JSON.stringify(renderLesson(markdown))};`, map: null }),
    },
  };
}

/** Our own folders only: raw HTML in the Markdown stays as it is. */
export function renderLesson(markdown: string): LessonText {
  const { title, intro, sections } = splitLessonText(markdown);
  return { title, intro: toHtml(intro), sections: sections.map((section) => ({ title: section.title, body: toHtml(section.body) })) };
}

function toHtml(markdown: string): string {
  return marked.parse(markdown, { async: false });
}
