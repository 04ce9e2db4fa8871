/** Small values that must be there before the first picture: settings and progress. Documents are kept by `storage`. */
export interface Memory {
  /** The value kept, undefined when there is none or it cannot be read. */
  read(key: string): unknown;
  /** False when the browser refuses: private windows, a full or forbidden store. */
  write(key: string, value: unknown): boolean;
}

/** `localStorage`, or something that forgets when the browser gives none. */
export function browserMemory(storage: () => Storage): Memory {
  return {
    read(key) {
      try {
        const text = storage().getItem(key);
        return text === null ? undefined : (JSON.parse(text) as unknown);
      } catch {
        return undefined;
      }
    },
    write(key, value) {
      try {
        storage().setItem(key, JSON.stringify(value));
        return true;
      } catch {
        return false;
      }
    },
  };
}
