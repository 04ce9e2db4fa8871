/** What nobody reads in the first picture, as one module for one dynamic import: the sentences of problems, and the words of what is opened later. */
export { problemSentence } from './problem-sentence';

const files = import.meta.glob<Record<string, string>>(['./en/*.json', '!./en/{editor,formula,knobs,lesson,shell,stage,timeline}.json'], {
  eager: true,
  import: 'default',
});

export const english: Readonly<Record<string, string>> = Object.assign({}, ...Object.values(files));
