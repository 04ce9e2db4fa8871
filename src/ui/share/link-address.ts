/** The page's own address with a link in its fragment, which no server ever sees. */
export function addressOf(fragment: string): string {
  const { origin, pathname } = window.location;
  return `${origin}${pathname}#${fragment}`;
}

/** False when the browser refuses: no permission, or a page that is not served securely. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
