import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HttpBrowser } from '../service/http-browser.ts';
import { documentIn, press } from '../service/service-of-tests.ts';

interface Shop {
  readonly origin: string;
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
}

/** Starts the store in a process of its own; `step` says where it dies: `after open`. */
async function start(path: string, step = ''): Promise<Shop> {
  const child = fork(join(import.meta.dirname, 'crashing-shop.ts'), [path, step], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return { origin: `http://127.0.0.1:${port}`, child, ended };
}

async function kill({ child, ended }: Shop): Promise<void> {
  child.kill('SIGKILL');
  await ended;
}

const setUp = async ({ origin }: Shop): Promise<string> => (await new HttpBrowser().open(`${origin}/set-up`)).text;

/** What a browser gets from a store that may die meanwhile. */
const unlessDead = async <T>(promise: Promise<T>): Promise<T | undefined> => await promise.catch(() => undefined);

const moved = (url: string, { origin }: Shop): string => `${origin}${new URL(url).pathname}`;

describe('a store that is killed', () => {
  it('knows its start addresses, sessions and returns afterwards', async () => {
    const path = join(await temporaryFolder(), 'sessions.db');
    const browser = new HttpBrowser();
    const first = await start(path);
    const address = await setUp(first);
    await kill(first);
    const second = await start(path);
    const page = await browser.open(second.origin + address);
    expect(page.status).toBe(200);
    await kill(second);
    const third = await start(path);
    expect((await new HttpBrowser().open(third.origin + address)).status).toBe(410);
    const open = await browser.open(moved(page.url, third));
    const back = await press(browser, open, 'return');
    await kill(third);
    const fourth = await start(path);
    const again = await browser.open(moved(back.url, fourth));
    expect(documentIn(again).text).toBe(documentIn(back).text);
    expect(again.text).toContain('data-automatic="no"');
    expect((await new HttpBrowser().open(fourth.origin + address)).status).toBe(410);
  });

  it.each([
    ['before open', 200],
    ['after open', 410],
  ])('%s of a session has used its start address up or not, and nothing between', async (step, status) => {
    const path = join(await temporaryFolder(), 'sessions.db');
    const first = await start(path);
    const address = await setUp(first);
    await kill(first);
    const dying = await start(path, step);
    expect(await unlessDead(new HttpBrowser().open(dying.origin + address))).toBeUndefined();
    await dying.ended;
    const next = await start(path);
    expect((await new HttpBrowser().open(next.origin + address)).status).toBe(status);
    expect((await new HttpBrowser().open(next.origin + address)).status).toBe(410);
  });

  it.each(['before bind', 'after bind', 'before finish', 'after finish', 'before countLook', 'after countLook'])(
    '%s has lost no session: the cart comes back, as one document',
    async (step) => {
      const path = join(await temporaryFolder(), 'sessions.db');
      const browser = new HttpBrowser();
      const first = await start(path);
      const address = await setUp(first);
      const entered = await fetch(first.origin + address, { redirect: 'manual' });
      const [cookie = ''] = entered.headers.getSetCookie()[0]?.split(';') ?? [];
      browser.cookies.set(cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1));
      const inside = entered.headers.get('location') ?? '';
      await kill(first);
      const dying = await start(path, step);
      const open = await unlessDead(browser.open(dying.origin + inside));
      if (open) await unlessDead(press(browser, open, 'return'));
      await dying.ended;
      const next = await start(path);
      const page = await browser.open(next.origin + inside);
      const back = page.url.endsWith('/returned') ? page : await press(browser, page, 'return');
      const { input } = documentIn(back);
      expect(input.lines).toMatchObject([{ partId: 'BRG-6204' }]);
      expect(documentIn(await browser.open(back.url)).text).toBe(documentIn(back).text);
    },
  );

  it.each(['before addWaiting', 'after addWaiting'])('%s has told the buyer nothing: the next set-up begins anew', async (step) => {
    const path = join(await temporaryFolder(), 'sessions.db');
    const dying = await start(path, step);
    expect(await unlessDead(setUp(dying))).toBeUndefined();
    await dying.ended;
    const next = await start(path);
    expect((await new HttpBrowser().open(next.origin + (await setUp(next)))).status).toBe(200);
  });
});
