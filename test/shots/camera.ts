/** Goes to a view and takes its pictures; what it meets on the way that must not be, it writes down. */
import AxeBuilder from '@axe-core/playwright';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { Room, type Guest } from './room';
import type { Shot } from './sheet';
import type { View } from './view';
import { isPhone, sizeOf, type Language, type Visitor } from './visitor';

export const THEMES = ['light', 'dark'] as const;
/** Whatever is loaded late is there, and nothing fades any more. */
const SETTLED_MS = 900;
/** The page has its other colours, or its other size. */
const CHANGED_MS = 350;

/** What has been collected, by all who walk. */
export interface Album {
  readonly folder: string;
  /** The sizes at which axe looks too. */
  readonly axe: readonly string[];
  readonly themes: readonly (typeof THEMES)[number][];
  readonly taken: Shot[];
  readonly complaints: string[];
}

export interface Visit {
  readonly view: View;
  readonly sizes: readonly [string, ...string[]];
  readonly language: Language;
}

/** One that walks from view to view; each has rooms of its own. */
export class Camera {
  private readonly rooms = new Map<string, Room>();

  constructor(
    private readonly browser: Browser,
    private readonly url: string,
    private readonly album: Album,
  ) {}

  /** A visit that fails is a complaint. */
  async visit({ view, sizes, language }: Visit): Promise<void> {
    const complain = (text: string): void => {
      this.album.complaints.push(`${view.name} ${language}: ${text}`);
      console.log(this.album.complaints.at(-1));
    };
    const guest = { language, size: sizes[0], hasTouch: isPhone(sizes[0]), remembered: view.remembered };
    try {
      const room = view.before ? await Room.furnish(this.browser, guest, view.before) : await this.roomFor(guest);
      try {
        const visitor = await room.receive(`${this.url}#${view.fragment ?? ''}`, guest);
        await view.go(visitor);
        await room.page.waitForTimeout(SETTLED_MS);
        for (const size of sizes) await this.look(visitor, view, size, language, complain);
        for (const fault of room.faults) if (view.faults?.test(fault) !== true) complain(fault);
      } finally {
        if (view.before) await room.close();
      }
    } catch (error) {
      complain(`${sizes.join()}: ${String(error)}`);
    }
  }

  private async roomFor(guest: Guest): Promise<Room> {
    const key = `${guest.language} ${guest.hasTouch}`;
    const room = this.rooms.get(key) ?? (await Room.furnish(this.browser, guest));
    this.rooms.set(key, room);
    return room;
  }

  private async look(visitor: Visitor, view: View, size: string, language: Language, complain: (text: string) => void): Promise<void> {
    const { folder, taken, axe, themes } = this.album;
    const { page } = visitor;
    await mkdir(join(folder, size), { recursive: true });
    await page.setViewportSize(sizeOf(size));
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme });
      await page.waitForTimeout(CHANGED_MS);
      await view.again?.(visitor);
      const file = `${size}/${view.name}.${language}.${theme}.png`;
      await page.screenshot({ path: join(folder, file) });
      taken.push({ view: view.name, size, look: `${language} ${theme}`, file });
      if (!axe.includes(size)) continue;
      // The legacy mode opens no page of its own for the result, which costs seconds; what it leaves out are frames of other origins.
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode()
        .options({ resultTypes: ['violations'] })
        .analyze();
      for (const { id, nodes } of violations)
        complain(`${size} ${theme}: ${id} at ${nodes.map(({ target }) => String(target)).join(' | ')}`);
    }
  }
}
