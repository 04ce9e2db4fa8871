/** Which commands a few typed letters mean, best first. */
export interface Findable {
  readonly title: string;
  readonly also: string;
}

/** What a letter is worth that begins a word, follows the one before, or stands somewhere in a word. */
const WORTH = { start: 8, next: 5, inside: 1 } as const;
/** Letters may be scattered over the title, as the beginnings of its words; what is worth less on the average was not meant. */
const LEAST_WORTH = 2.5;
/** What is found in other words than the title counts less. */
const ALSO = 0.6;
/** Titles that differ by less are as short as each other. */
const LENGTH_STEP = 12;

/** The items in which every word of the query is found, best first; those that are equally good stay in their order. All, when nothing is asked. */
export function ranked<Item extends Findable>(items: readonly Item[], query: string): readonly Item[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  return items
    .map((item) => ({ item, worth: worthOf(item, words) }))
    .filter(({ worth }) => worth > 0)
    .sort((left, right) => right.worth - left.worth)
    .map(({ item }) => item);
}

/** 0 when a word is not found at all. A short title that says it is better than a long one. */
function worthOf({ title, also }: Findable, words: readonly string[]): number {
  const [own, other] = [title.toLowerCase(), also.toLowerCase()];
  let sum = 0;
  for (const word of words) {
    const worth = Math.max(scattered(own, word), ALSO * whole(other, word));
    if (worth === 0) return 0;
    sum += worth;
  }
  return sum + 1 / (1 + Math.floor(title.length / LENGTH_STEP));
}

/** The letters of a word in a text, in their order: what the best way to place them is worth, per letter. */
function scattered(text: string, word: string): number {
  let best = 0;
  for (let start = text.indexOf(word[0]!); start >= 0; start = text.indexOf(word[0]!, start + 1)) {
    best = Math.max(best, worthFrom(text, word, start));
  }
  return best >= LEAST_WORTH ? best : 0;
}

function worthFrom(text: string, word: string, start: number): number {
  let [sum, before] = [0, start - 1];
  for (const letter of word) {
    const at = text.indexOf(letter, before + 1);
    if (at < 0) return 0;
    sum += beginsWord(text, at) ? WORTH.start : at === before + 1 && at > start ? WORTH.next : WORTH.inside;
    before = at;
  }
  return sum / word.length;
}

/** The word as it is written, at the beginning of a word or inside one. */
function whole(text: string, word: string): number {
  let best = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    best = Math.max(best, beginsWord(text, at) ? WORTH.next : WORTH.inside);
  return best;
}

/** Chinese has no spaces: each of its characters may begin a word. */
function beginsWord(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]!) || /\p{Script=Han}/u.test(text[at]!);
}
