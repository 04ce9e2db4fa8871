/** Puts the page together: the sandbox, the store and the browser on one side, the state in the middle, the picture on top. */
import { mount } from 'svelte';
import './app.css';
import './ui/shell/controls.css';
import { language, laterWords } from './i18n/t.svelte';
import { CATALOGUE } from './lesson/catalogue';
import { updates } from './pwa/updates.svelte';
import { SandboxClient } from './sandbox/client';
import { Lab } from './state/lab.svelte';
import { browserMemory } from './state/memory';
import { EVENT_BY_EVENT } from './state/playhead.svelte';
import { openEditLocks } from './storage/edit-locks';
import { openStorage } from './storage/open-storage';
import App from './ui/App.svelte';

const PHONE_WIDTH = 640;
/** How long the page waits for its document, so as to be laid out once. A store that is slower than this is not waited for. */
const PATIENCE_MS = 400;
const firstLesson = CATALOGUE[0]?.id ?? '';

const lab = new Lab({
  simulator: new SandboxClient(document.body),
  store: openStorage(),
  locks: openEditLocks('async-lab'),
  memory: browserMemory(() => localStorage),
  frames: { request: (callback) => requestAnimationFrame(callback), cancel: (handle) => cancelAnimationFrame(handle) },
  wishes: navigator.languages,
  newId: () => `copy-${crypto.randomUUID()}`,
});

// Who asks for less motion gets events one after the other, without anything gliding, until another speed is chosen.
if (matchMedia('(prefers-reduced-motion: reduce)').matches) lab.playhead.setSpeed(EVENT_BY_EVENT);
lab.selection.restoreTab(lab.settings.tab);

void start();

async function start(): Promise<void> {
  await language.set(lab.settings.language).catch(() => undefined); // without the Chinese words there is still the English page
  const opened = openDocument();
  await Promise.race([opened, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  const target = document.getElementById('app');
  if (!target) throw new Error('index.html has lost its #app');
  target.replaceChildren();
  mount(App, { target, props: { lab, firstLesson, phone: window.innerWidth <= PHONE_WIDTH } });
  await opened;
  void laterWords().catch(() => undefined); // asked for again by whatever needs them
  updates.register();
}

/** What the address asks for, or else the reader's own work. */
async function openDocument(): Promise<void> {
  const opened = window.location.hash.startsWith('#v') && (await lab.openLink(window.location.hash));
  await language.set(lab.settings.language).catch(() => undefined); // a link may have one
  if (!opened) await lab.openOwn(firstLesson);
}
