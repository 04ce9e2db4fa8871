/** One tab writes a document, the others read it. Whoever wants to write can take over; the former writer is told and stops. */
export interface WriterClaim {
  release(): void;
}

/**
 * Becomes the writer of a document: a claim, or undefined while another tab is. `takeOver` ends that tab's claim. `onLost` is called
 * when another tab takes over this one. A browser without Web Locks always gives the claim; saves still refuse to overwrite.
 */
export function claimWriter(
  id: string,
  onLost: () => void,
  takeOver = false,
  locks: LockManager | undefined = browserLocks(),
): Promise<WriterClaim | undefined> {
  if (!locks) return Promise.resolve({ release: () => undefined });
  return new Promise((resolve, reject) => {
    let isHeld = false;
    const holding = locks.request(`async-lab.document.${id}`, takeOver ? { steal: true } : { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(undefined);
      isHeld = true;
      return new Promise<void>((letGo) => {
        const release = () => {
          isHeld = false;
          letGo();
        };
        resolve({ release });
      });
    });
    // A lock that was taken away rejects its request.
    holding.catch((error: unknown) => {
      if (!isHeld) return reject(error as Error);
      isHeld = false;
      onLost();
    });
  });
}

function browserLocks(): LockManager | undefined {
  return 'locks' in navigator ? navigator.locks : undefined;
}
