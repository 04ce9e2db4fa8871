/** The English words of the first picture. What is said only later comes with `later`. */
const files = import.meta.glob<Record<string, string>>('./en/{editor,formula,knobs,lesson,shell,stage,timeline}.json', {
  eager: true,
  import: 'default',
});

export const english: Readonly<Record<string, string>> = Object.assign({}, ...Object.values(files));
