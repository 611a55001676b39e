import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, makeFolder, removeFolder } from '@waybill/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { atChromium } from '../../../test/vehicles/at-chromium.ts';
import { openBrowser } from '../../../test/vehicles/chromium.ts';
import { type Playing, startFlow } from './flow.ts';

/** Where pictures of the mails are kept for people to look at; without it, nowhere. */
const pictures = process.env['WAYBILL_PICTURES'];

const mails = [
  ['the confirmation', /Thank you for your order \d+/, ['Hello Tobe Okonkwo,', '$222.05'], true],
  ['the mail about the parcel', /Your order \d+ is on its way/, ['Northline Ground picked up your parcel'], true],
  ['the mail to the administrator', /New order \d+: /, ['Tobe Okonkwo has ordered', 'Ring twice'], false],
] as const;

atChromium('how the mails of the order flow look is not seen', () => {
  describe('the page that the order flow shows its mails on', () => {
    let browser: Browser;
    let flow: Playing;
    let url: string;
    let data: string;

    beforeAll(async () => {
      browser = await openBrowser();
      data = await makeFolder();
      flow = startFlow(['--data', data]);
      await eventually(() => flow.out().includes('has reached everybody'), { what: 'an order that has reached everybody', within: 60_000 });
      url = /Mails are shown at (\S+)/.exec(flow.out())?.[1] ?? '';
    }, 90_000);
    afterAll(async () => {
      flow.end();
      await flow.over;
      await browser.close();
      await removeFolder(data);
    });

    async function open(subject: RegExp, width: number): Promise<Page> {
      const context = await browser.newContext({ viewport: { width, height: 1_100 } });
      onTestFinished(() => context.close());
      const page = await context.newPage();
      await page.goto(url);
      await page.getByRole('link', { name: subject }).last().click();
      return page;
    }

    it.each(mails)('shows %s with its logo, and nothing is wider than the screen', async (what, subject, texts, leadsToTheStore) => {
      for (const width of [1_200, 400]) {
        const page = await open(subject, width);
        const frame = page.frameLocator('iframe.content');
        for (const text of texts) await frame.getByText(text).filter({ visible: true }).first().waitFor();
        expect((await frame.getByRole('link').count()) > 0).toBe(leadsToTheStore);
        const seen = await frame.locator('body').evaluate((body) => ({
          pictures: [...body.querySelectorAll('img')].map(({ complete, naturalWidth }) => complete && naturalWidth > 0),
          isTooWide: body.scrollWidth > body.ownerDocument.documentElement.clientWidth,
        }));
        expect(seen).toEqual({ pictures: [true], isTooWide: false });
        if (pictures) {
          await mkdir(pictures, { recursive: true });
          await page.screenshot({ path: join(pictures, `${what.replaceAll(' ', '-')}-${width}.png`), fullPage: true });
        }
      }
    });
  });
});
