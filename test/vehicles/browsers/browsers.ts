import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { ChromiumProcesses } from './chromium-process.ts';
import { FirefoxProcess, hasFirefox } from './firefox-process.ts';
import { type Manners, usualManners } from './manners.ts';
import { View } from './view.ts';

export type Engine = 'Chromium' | 'Firefox';

/** Real browsers of one engine, without windows, which find the sites of the tests on this machine. */
export interface Browsers {
  readonly engine: Engine;
  /** Somebody's browser: with a jar of cookies of its own, which ends with the test. Manners that are left out are the usual ones. */
  readonly person: (manners?: Partial<Manners>) => Promise<Person>;
}

export interface Person {
  /** A tab of its own. */
  readonly open: (url: string, width?: number) => Promise<Tab>;
}

/** One tab, and the page in it. */
export class Tab extends View {
  readonly #page: Page;

  constructor(page: Page) {
    super(page);
    this.#page = page;
  }

  async goTo(url: string): Promise<void> {
    await this.#page.goto(url, { waitUntil: 'domcontentloaded' });
  }

  /** Begins to go back: what comes then is waited for by what it shows. Into the frames of a page that was kept nobody can look then. */
  async back(): Promise<void> {
    await this.#page.evaluate('history.back()');
  }

  /** Says yes where the browser asks whether a form is to be sent again. */
  async reload(): Promise<void> {
    await this.#page.reload({ waitUntil: 'domcontentloaded' });
  }

  /** The names of the cookies that the jar has for an address, in order. */
  async cookies(url: string): Promise<readonly string[]> {
    const { hostname } = new URL(url);
    const all = await this.#page.browserContext().cookies();
    return all
      .filter(({ domain }) => domain.replace(/^\./, '') === hostname)
      .map(({ name }) => name)
      .toSorted();
  }

  /** A picture of the whole page, as a PNG file. */
  async screenshot(path: `${string}.png`): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    await this.#page.screenshot({ path, fullPage: true });
  }
}

/** Registers tests for each engine, or one that says that they are left out. `unchecked`: what is then not checked, as the rest of a sentence. */
export function atBrowsers(unchecked: string, register: (browsers: Browsers) => void): void {
  const engines = [
    ['Chromium', hasChromium, () => new ChromiumProcesses()],
    ['Firefox', hasFirefox, () => new FirefoxProcess()],
  ] as const;
  for (const [engine, isHere, processes] of engines) {
    const missing = `${unchecked} (${engine})`;
    describe(`in ${engine}`, () => {
      if (isHere(missing)) return register(browsersOf(engine, processes()));
      it(`is left out: ${unchecked}`, () => {
        expect(isHere(missing)).toBe(false);
      });
    });
  }
}

interface Processes {
  browserWith(manners: Manners): Promise<Browser>;
  close(): Promise<void>;
}

function browsersOf(engine: Engine, processes: Processes): Browsers {
  afterAll(() => processes.close(), 60_000);
  return {
    engine,
    person: async (manners) => {
      const browser = await processes.browserWith({ ...usualManners, ...manners });
      const context = await browser.createBrowserContext();
      onTestFinished(() => context.close());
      return { open: (url, width) => openTab(context, url, width) };
    },
  };
}

async function openTab(context: BrowserContext, url: string, width = 1_200): Promise<Tab> {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.setViewport({ width, height: 900 });
  page.on('dialog', (dialog) => void dialog.accept());
  const tab = new Tab(page);
  await tab.goTo(url);
  return tab;
}
