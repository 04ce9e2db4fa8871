/**
 * Script of mid.html. A srcdoc frame inherits its parent's CSP, so the app page (no `unsafe-eval`) cannot hold it; this page
 * can. It replaces the frame at every `spawn`, which also ends the old worker, whatever it is doing. A static page for the
 * frame would be simpler, but a service worker does not serve frames of opaque origin: it would not start offline.
 */
import frameScript, { sha256 } from './frame.ts?bundle';
import workerScript from './worker.ts?bundle';

const frameCsp = [
  "default-src 'none'",
  `script-src 'unsafe-eval' '${sha256}' blob:`,
  'worker-src blob:',
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
].join('; ');

let frame: HTMLIFrameElement | undefined;
let port: MessagePort | undefined;

addEventListener('message', (event) => {
  if (event.source === parent && event.origin === location.origin && event.data === 'spawn') spawn(event.ports[0]);
  if (!frame || event.source !== frame.contentWindow) return;
  if (event.data === 'frame-ready' && port) {
    frame.contentWindow?.postMessage(workerScript, '*', [port]); // The opaque origin has no name to address.
    port = undefined;
  }
  if (event.data === 'frame-failed') parent.postMessage('sandbox-failed', location.origin);
});

function spawn(newPort: MessagePort | undefined): void {
  frame?.remove();
  port = newPort;
  frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${frameCsp}"><script>${frameScript}</script>`;
  document.body.append(frame);
}

parent.postMessage('mid-ready', location.origin);
