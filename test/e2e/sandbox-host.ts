/** The page's script of the sandbox tests: the client as the product uses it, within reach of the test. */
import { SandboxClient } from '../../src/sandbox/client';

declare global {
  interface Window {
    sandbox: SandboxClient;
    startedMs: Promise<number>;
    longestGapMs: () => number;
  }
}

const began = performance.now();
window.sandbox = new SandboxClient(document.body);
window.startedMs = window.sandbox.start().then(() => performance.now() - began);

/** The longest time between two frames of the page since the last call: what a person would feel. */
let longest = 0;
let last = performance.now();
requestAnimationFrame(function frame() {
  const now = performance.now();
  longest = Math.max(longest, now - last);
  last = now;
  requestAnimationFrame(frame);
});
window.longestGapMs = () => {
  const gap = longest;
  longest = 0;
  return gap;
};
