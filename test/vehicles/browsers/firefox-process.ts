import { existsSync } from 'node:fs';
import { hasVehicle } from '@waybill/testing';
import { type Browser, launch } from 'puppeteer-core';
import type { Manners } from './manners.ts';
import { siteNames } from './sites.ts';

/** Where a browser is, on Debian and elsewhere. `FIREFOX_PATH` comes first. */
const places = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];

function findFirefox(): string | undefined {
  return [process.env['FIREFOX_PATH'] ?? '', ...places].find((place) => place !== '' && existsSync(place));
}

/** Whether a Firefox is here. `unchecked`: what is not checked without it, as the rest of a sentence. */
export function hasFirefox(unchecked: string): boolean {
  return hasVehicle('Firefox (apt-get install firefox-esr, or FIREFOX_PATH)', () => findFirefox() !== undefined, unchecked);
}

const cookieBehavior: Readonly<Record<Manners['cookies'], number>> = { allowed: 5, blocked: 1, none: 2 };

/** What is asked of the connection beside what the library does with it. */
interface Connection {
  send(method: string, parameters: object): Promise<{ readonly result: { readonly contexts?: readonly { readonly context: string }[] } }>;
}

/** One browser. It starts slowly, so that its manners are changed while it runs: what is opened from then on has them. */
export class FirefoxProcess {
  #started: Promise<Browser> | undefined;

  async browserWith(manners: Manners): Promise<Browser> {
    this.#started ??= start();
    const browser = await this.#started;
    await setManners((browser as unknown as { readonly connection: Connection }).connection, manners);
    return browser;
  }

  async close(): Promise<void> {
    await (await this.#started)?.close();
  }
}

function start(): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath: findFirefox() ?? '',
    acceptInsecureCerts: true,
    timeout: 120_000,
    // Lets tests change preferences while it runs.
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: { 'network.dns.localDomains': siteNames.join(',') },
  });
}

async function setManners(connection: Connection, { cookies, scripts }: Manners): Promise<void> {
  const { result } = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const context = result.contexts?.[0]?.context;
  const expression = `Services.prefs.setIntPref('network.cookie.cookieBehavior', ${cookieBehavior[cookies]});
Services.prefs.setBoolPref('javascript.enabled', ${scripts});`;
  await connection.send('script.evaluate', { expression, target: { context }, awaitPromise: false });
}
