/** Markdown of a lesson → title, introduction, and one section for each step. `#` is the title, each `##` begins a section. */
import type { LessonText } from '../model/lesson';

/** Never fails: what is missing is empty, and `parseLesson` reports it. Fenced code is not searched for headings. */
export function splitLessonText(markdown: string): LessonText {
  let title = '';
  const parts: { title: string; lines: string[] }[] = [{ title: '', lines: [] }];
  let inCode = false;
  for (const line of markdown.replaceAll('\r\n', '\n').split('\n')) {
    if (line.startsWith('```')) inCode = !inCode;
    const heading = inCode ? null : /^(#{1,2}) +(.+?)\s*$/.exec(line);
    if (heading?.[1] === '#') title = heading[2] ?? '';
    else if (heading) parts.push({ title: heading[2] ?? '', lines: [] });
    else parts.at(-1)?.lines.push(line);
  }
  const [intro, ...sections] = parts.map((part) => ({ title: part.title, body: part.lines.join('\n').trim() }));
  return { title, intro: intro?.body ?? '', sections };
}
