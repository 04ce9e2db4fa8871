/** Apple's keyboards name some keys differently. */
export const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
