import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, removeFolder } from '@waybill/testing';
import { type Browser, launch } from 'puppeteer-core';
import { findChromium } from '../chromium.ts';
import type { Manners } from './manners.ts';

/** Browsers by their manners, which Chromium reads when it starts. */
export class ChromiumProcesses {
  readonly #started = new Map<string, Promise<readonly [browser: Browser, folder: string]>>();

  async browserWith(manners: Manners): Promise<Browser> {
    const key = JSON.stringify([manners.cookies, manners.scripts]);
    const starting = this.#started.get(key) ?? start(manners);
    this.#started.set(key, starting);
    return (await starting)[0];
  }

  async close(): Promise<void> {
    for (const [browser, folder] of await Promise.all(this.#started.values())) {
      await browser.close();
      await removeFolder(folder);
    }
  }
}

async function start({ cookies, scripts }: Manners): Promise<readonly [Browser, string]> {
  const folder = await makeFolder();
  await mkdir(join(folder, 'Default'));
  // 1 blocks those of other sites in contexts that keep nothing, which those of a test are; 2 refuses a thing to all sites.
  const profile = {
    cookie_controls_mode: cookies === 'allowed' ? 0 : 1,
    default_content_setting_values: { ...(cookies === 'none' && { cookies: 2 }), ...(!scripts && { javascript: 2 }) },
  };
  await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify({ profile }));
  // Chromium refuses to run its sandbox as root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await launch({
    executablePath: findChromium() ?? '',
    userDataDir: folder,
    acceptInsecureCerts: true,
    timeout: 120_000,
    args: [...asRoot, '--host-resolver-rules=MAP *.test 127.0.0.1', '--disable-background-networking'],
  });
  return [browser, folder];
}
