/** How documents on the device are named. */

/** The one document that holds the learner's version of a lesson. */
export function ownDocumentId(lesson: string): string {
  return `lesson-${lesson}`;
}

/** FNV-1a, 32 bits, twice with different starts: the same link is the same visit. Not for secrets. */
export function fingerprint(text: string): string {
  const half = (start: number): string => {
    let hash = start;
    for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619);
    return (hash >>> 0).toString(36);
  };
  return half(2_166_136_261) + half(3_266_489_917);
}
