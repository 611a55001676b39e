import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { eventually } from '@waybill/testing';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { atChromium } from '../../../test/vehicles/at-chromium.ts';
import { openBrowser } from '../../../test/vehicles/chromium.ts';
import type { MailCatcher } from '../src/index.ts';
import { senderTo, sendRaw, startCatcher } from './catcher.ts';

atChromium('what the page of the mail catcher does in a browser is not seen', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  /** A tab with the page, and what was wrong in it. */
  async function open(catcher: MailCatcher, path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1_200, height: 800 }, ...options });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(new URL(path, catcher.pageUrl).href);
    return page;
  }

  describe('hostile HTML in a mail', () => {
    it('runs no script, sends nothing, and cannot reach the page, however it tries', async () => {
      const { port, connections } = await listenFor();
      const catcher = await startCatcher();
      await sendHtml(catcher, attacks(port));
      const page = await open(catcher, 'mails/1');
      const dialogs: string[] = [];
      page.on('dialog', (dialog) => {
        dialogs.push(dialog.message());
        void dialog.dismiss();
      });
      const frame = page.frameLocator('iframe.content');
      await frame.getByText('the end of it').waitFor();
      await frame.getByText('a script as a link').click();
      await frame.getByText('a form').click();
      expect(connections).toEqual([]);
      // Where this link leads is not shown, and not asked: the browser has only connected when it was clicked.
      await frame.getByText('the frame itself').click();
      await frame.getByText('the end of it').waitFor({ state: 'detached' });
      expect(connections.join('')).toBe('');
      // A link that is followed on purpose opens a tab of its own.
      await page.reload();
      await Promise.all([page.context().waitForEvent('page'), frame.getByText('an honest link').click()]);
      await eventually(() => connections.some((text) => text.startsWith('GET /honest')), { what: 'the link to be followed' });
      expect(connections.join('')).not.toMatch(/^referer:|^(?:GET|POST) \/(?!honest|favicon)/im);
      expect(dialogs).toEqual([]);
      expect(await page.title()).toBe('hostile – Mail catcher');
      expect(page.url()).toBe(`${catcher.pageUrl}mails/1`);
    });

    it('runs no script where it is opened by itself, either', async () => {
      const catcher = await startCatcher();
      await sendHtml(catcher, '<p id="p">unchanged</p><script>document.getElementById("p").textContent = "changed"</script>');
      const page = await open(catcher, 'mails/1/html');
      expect(await page.textContent('#p')).toBe('unchanged');
    });

    it('in a subject or a name is only text', async () => {
      const catcher = await startCatcher();
      const hostile = '"><script>document.title = "changed"</script>';
      await senderTo(catcher).sendMail({ from: { name: hostile, address: 'a@b.test' }, to: 'c@d.test', subject: hostile, text: hostile });
      for (const path of ['', 'mails/1', 'mails/1?view=source', 'mails/1?view=headers']) {
        const page = await open(catcher, path);
        expect(await page.title()).not.toBe('changed');
        expect(await page.locator('body script').count()).toBe(0);
      }
    });

    it('loads pictures from elsewhere when that is asked for, and still runs nothing', async () => {
      const { port, connections } = await listenFor();
      const catcher = await startCatcher();
      await sendHtml(catcher, `<img src="http://127.0.0.1:${port}/picture"><script src="http://127.0.0.1:${port}/script"></script>`);
      const page = await open(catcher, 'mails/1');
      await page.getByText('Load them').click();
      await eventually(() => connections.length > 0, { what: 'the picture to be asked for' });
      await page.getByText('Without them').waitFor();
      expect(connections.map((text) => text.split('\r\n')[0])).toEqual(['GET /picture HTTP/1.1']);
    });
  });

  describe('the page', () => {
    it('shows new mails by itself, and those that are gone no more', async () => {
      const catcher = await startCatcher();
      const page = await open(catcher, '');
      await page.getByText('No mails yet.').waitFor();
      await sendRaw(catcher, 'Subject: first\r\n\r\n');
      await page.getByText('first').waitFor();
      await sendRaw(catcher, 'Subject: second\r\n\r\n');
      await page.locator('#list .subject').nth(1).waitFor();
      expect(await page.locator('#list .subject').allTextContents()).toEqual(['second', 'first']);
      expect(await page.textContent('#count')).toBe('2 mails');
      catcher.clear();
      await page.getByText('No mails yet.').waitFor();
    });

    it('works without scripts', async () => {
      const catcher = await startCatcher();
      await sendRaw(catcher, 'Subject: first\r\n\r\nhello\r\n');
      await sendRaw(catcher, 'Subject: second\r\n\r\n');
      const page = await open(catcher, '', { javaScriptEnabled: false });
      await page.getByText('first').click();
      expect(await page.textContent('pre')).toContain('hello');
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.waitForURL(catcher.pageUrl);
      expect(await page.locator('#list .subject').allTextContents()).toEqual(['second']);
      await page.getByRole('searchbox').fill('no such');
      await page.keyboard.press('Enter');
      await page.getByText('No mail fits').waitFor();
    });

    it('is used by keyboard', async () => {
      const catcher = await startCatcher();
      for (const subject of ['one', 'two big', 'three big']) await sendRaw(catcher, `Subject: ${subject}\r\n\r\n`);
      const page = await open(catcher, '');
      await page.keyboard.press('/');
      await page.keyboard.type('big');
      await eventually(async () => (await page.locator('#list .subject').count()) === 2, { what: 'the search to answer' });
      await page.keyboard.press('Escape');
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'two big' }).waitFor();
      await page.keyboard.press('k');
      await page.getByRole('heading', { name: 'three big' }).waitFor();
      expect(page.url()).toContain('/mails/3');
    });

    it('asks before it deletes all', async () => {
      const catcher = await startCatcher();
      await sendRaw(catcher, 'Subject: first\r\n\r\n');
      const page = await open(catcher, '');
      const answers = [false, true];
      page.on('dialog', (dialog) => void (answers.shift() === true ? dialog.accept() : dialog.dismiss()));
      await page.getByRole('button', { name: 'Delete all' }).click();
      expect(catcher.mails()).toHaveLength(1);
      await page.getByRole('button', { name: 'Delete all' }).click();
      await page.getByText('No mails yet.').waitFor();
      expect(catcher.mails()).toEqual([]);
    });

    it('saves an attachment under a safe name', async () => {
      const catcher = await startCatcher();
      await senderTo(catcher).sendMail({ to: 'a@b.test', attachments: [{ filename: '../evil.html', content: '<script>1</script>' }] });
      const page = await open(catcher, 'mails/1?view=attachments');
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('evil.html').click()]);
      expect(download.suggestedFilename()).toBe('evil.html');
    });

    it.each([360, 600, 840, 1_200])('is not wider than %i pixels where the window is not', async (width) => {
      const catcher = await startCatcher();
      const long = 'x'.repeat(300);
      const attachments = [{ filename: `${long}.pdf`, content: long }];
      const to = `${'y'.repeat(64)}@b.test`;
      const envelope = { from: 'a@b.test', to };
      await senderTo(catcher).sendMail({
        from: `${long} <${long}@b.test>`,
        to,
        subject: long,
        text: long,
        html: long,
        attachments,
        envelope,
      });
      const page = await open(catcher, '', { viewport: { width, height: 700 } });
      for (const path of ['', ...['html', 'text', 'source', 'headers', 'attachments'].map((view) => `mails/1?view=${view}`)]) {
        await page.goto(new URL(path, catcher.pageUrl).href);
        expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, width]);
      }
    });

    it('reports no violation of its own policy, light or dark', async () => {
      const catcher = await startCatcher();
      await senderTo(catcher).sendMail({
        to: 'a@b.test',
        text: 'hi',
        html: '<p style="color: red">hi</p>',
        attachments: [{ content: 'x' }],
      });
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await open(catcher, '', { colorScheme });
        const said: string[] = [];
        page.on('console', (message) => said.push(message.text()));
        for (const view of ['html', 'text', 'source', 'headers', 'attachments']) await page.goto(`${catcher.pageUrl}mails/1?view=${view}`);
        expect(said).toEqual([]);
        const colour = await page.evaluate('getComputedStyle(document.body).backgroundColor');
        expect(colour).toBe(colorScheme === 'light' ? 'rgb(243, 245, 248)' : 'rgb(15, 17, 21)');
      }
    });
  });
});

/** Whoever connects to it has left the frame. */
async function listenFor(): Promise<{ readonly port: number; readonly connections: string[] }> {
  const connections: string[] = [];
  const server = createServer((socket) => {
    const place = connections.push('') - 1;
    socket.on('error', () => undefined);
    socket.on('data', (part) => {
      connections[place] += String(part);
      socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, connections };
}

async function sendHtml(catcher: MailCatcher, html: string): Promise<void> {
  await senderTo(catcher).sendMail({ to: 'a@b.test', subject: 'hostile', html });
}

/** All the ways that we know in which HTML runs something, loads something or goes somewhere. */
function attacks(port: number): string {
  const there = `http://127.0.0.1:${port}`;
  return `<meta http-equiv="refresh" content="0;url=${there}/refresh"><base href="${there}/base/">
<link rel="preconnect" href="${there}"><link rel="dns-prefetch" href="${there}"><link rel="stylesheet" href="${there}/style"><link rel="prefetch" href="${there}/prefetch">
<link rel="prerender" href="${there}/prerender"><link rel="preload" as="image" href="${there}/preload"><link rel="icon" href="${there}/icon"><link rel="manifest" href="${there}/manifest">
<link rel="modulepreload" href="${there}/module">
<script>alert(1); top.document.title = 'changed'; fetch('${there}/fetch')</script><script src="${there}/script"></script>
<img src="${there}/picture" onerror="alert(2)"><img srcset="${there}/set 2x"><picture><source srcset="${there}/source"><img></picture>
<body background="${there}/background" onload="alert(3)"><svg onload="alert(4)"><image href="${there}/svg"/><use href="${there}/use#a"/><script>alert(5)</script></svg>
<style>@import "${there}/import"; @font-face { font-family: f; src: url(${there}/font) } p { font-family: f; background: url(${there}/css) }</style>
<p style="background: url('${there}/inline')">text</p><video src="${there}/video" poster="${there}/poster" autoplay></video><audio src="${there}/audio" autoplay></audio>
<iframe src="${there}/frame"></iframe><iframe srcdoc="&lt;script&gt;parent.alert(6)&lt;/script&gt;&lt;img src=${there}/srcdoc&gt;"></iframe>
<object data="${there}/object"></object><embed src="${there}/embed"><frameset><frame src="${there}/frameset"></frameset>
<input type="image" src="${there}/input" autofocus onfocus="alert(7)"><details open ontoggle="alert(8)"></details><marquee onstart="alert(9)"></marquee>
<math><mtext><table><mglyph><style><img src=x onerror="alert(10)"></style></table></mtext></math>
<form action="${there}/form" method="post"><button>a form</button></form>
<a href="javascript:alert(11)">a script as a link</a> <a href="${there}/self" target="_self" ping="${there}/ping">the frame itself</a>
<a href="${there}/honest">an honest link</a>
<p>the end of it</p>`;
}
