/**
 * Inline script of the opaque-origin frame: starts the worker it is given, once, and hands it the private port. No code of
 * others ever runs in this window, because a window can do what no policy stops (navigate itself, WebRTC).
 */
const FAILED = 'frame-failed';

addEventListener(
  'message',
  (event) => {
    if (event.source !== parent) return;
    try {
      // A classic worker: a module worker made from a blob fails in frames of opaque origin in some engines.
      const url = URL.createObjectURL(new Blob([event.data as string], { type: 'text/javascript' }));
      const worker = new Worker(url);
      worker.onerror = () => parent.postMessage(FAILED, '*');
      worker.postMessage('port', [...event.ports]);
      URL.revokeObjectURL(url);
    } catch {
      parent.postMessage(FAILED, '*');
    }
  },
  { once: true },
);
parent.postMessage('frame-ready', '*');
