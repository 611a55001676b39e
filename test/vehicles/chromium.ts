import { existsSync } from 'node:fs';
import { hasVehicle } from '@waybill/testing';
import type { Browser } from 'playwright-core';

/** Where a browser is, on Debian and elsewhere. `CHROME_PATH` comes first. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export function findChromium(): string | undefined {
  return [process.env['CHROME_PATH'] ?? '', ...places].find((place) => place !== '' && existsSync(place));
}

/** Whether a browser is here. `unchecked`: what is not checked without it, as the rest of a sentence. */
export function hasChromium(unchecked: string): boolean {
  return hasVehicle('Chromium (apt-get install chromium, or CHROME_PATH)', () => findChromium() !== undefined, unchecked);
}

/** A browser of its own, without a window. It asks nobody for anything by itself: what a test sees on the wire comes from the page. */
export async function openBrowser(): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('There is no Chromium.');
  // Chromium refuses to run its sandbox as root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...asRoot, '--disable-background-networking'] });
}
