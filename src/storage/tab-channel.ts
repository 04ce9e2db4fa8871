/** Tells the other tabs of this browser which document has changed. They read it again from the device; nothing else is sent. */
export interface TabChannel {
  tell(id: string): void;
  listen(listener: (id: string) => void): () => void;
  close(): void;
}

export function openTabChannel(name: string): TabChannel {
  const channel = new BroadcastChannel(name);
  const listeners = new Set<(id: string) => void>();
  // Other versions of the page share the channel, so whatever is no id is passed over.
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') listeners.forEach((listener) => listener(data));
  });
  return {
    tell: (id) => channel.postMessage(id),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => channel.close(),
  };
}
