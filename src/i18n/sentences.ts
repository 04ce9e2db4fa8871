/**
 * Sentences one after the other, in whichever language each is. A full-width mark brings its own white space with it
 * (Requirements for Chinese Text Layout, clq: every mark fills a square), so nothing follows it; after any other end of a sentence comes a space.
 */
const ENDS_FULL_WIDTH = /[。！？；：，、）」』]$/;

/** What stands between this sentence and the next one. */
export function gapAfter(sentence: string): '' | ' ' {
  return sentence === '' || ENDS_FULL_WIDTH.test(sentence) ? '' : ' ';
}

/** The sentences as one text; empty ones are left out. */
export function joinSentences(...sentences: readonly string[]): string {
  const said = sentences.filter((sentence) => sentence !== '');
  return said.map((sentence, index) => (index < said.length - 1 ? sentence + gapAfter(sentence) : sentence)).join('');
}
