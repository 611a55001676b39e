import type { Page } from 'puppeteer-core';
import type { Case, Cases } from './case.ts';
import { found, treeOf } from './tree.ts';
import { Visit } from './visit.ts';
import { World } from './world.ts';

interface Expected {
  readonly setCookie?: Readonly<Record<string, string | boolean>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly absent?: readonly string[];
  readonly csp?: Readonly<Record<string, readonly string[]>>;
  readonly cspHasNot?: readonly string[];
  readonly scriptHasNonceOrHash?: boolean;
  readonly buttonVisible?: boolean;
  readonly postsWithoutClick?: number;
  readonly postsAfterClick?: number;
  readonly postsAfterBack?: number;
  readonly postsAfterThreeClicks?: number;
}

const setup = 'setup-two-to-credentials.xml';
const address = 'Response/PunchOutSetupResponse/StartPage/URL';

/** What a browser gets at the start address and at the return. */
export async function judgeHeaders(given: Case, cases: Cases): Promise<readonly string[]> {
  const expected = given['expect'] as Expected;
  const target = given['target'] as string | undefined;
  const world = await World.open(cases, target === undefined ? {} : { larkfield: { returnTarget: target } });
  try {
    const start = await startOf(world, cases);
    if (expected.setCookie !== undefined) return await startFaults(world, start, expected);
    const visit = await Visit.open(world);
    try {
      return target === undefined
        ? await policyFaults(visit, start, await startOf(world, cases), expected)
        : await frameFaults(visit, start, expected);
    } finally {
      await visit.close();
    }
  } finally {
    await world.close();
  }
}

async function startOf(world: World, cases: Cases): Promise<string> {
  const { text } = await world.post(cases.bytes(setup), { to: 'setup', contentType: 'text/xml' });
  return found(treeOf(text), address)[0] ?? '';
}

/** The answer to the start address, and that the session goes on in a browser that keeps no cookie. */
async function startFaults(
  world: World,
  start: string,
  { setCookie = {}, headers = {}, absent = [], csp = {} }: Expected,
): Promise<readonly string[]> {
  const answer = await fetch(world.localOf(start), { redirect: 'manual' });
  const cookie = answer.headers.getSetCookie()[0] ?? '';
  const attributes = new Map(
    cookie
      .split(';')
      .slice(1)
      .map((each) => [each.trim().split('=')[0] ?? '', each.trim().split('=')[1] ?? true] as const),
  );
  const page = await fetch(world.localOf(new URL(answer.headers.get('location') ?? '', start).href), { redirect: 'manual' });
  const both = [answer, page];
  return [
    ...(answer.status === 303 || answer.status === 200 ? [] : [`the status is ${answer.status}`]),
    ...Object.entries(setCookie)
      .filter(([name, value]) => attributes.get(name) !== value)
      .map(([name]) => `the cookie is "${cookie}": ${name}`),
    ...Object.entries(headers)
      .filter(([name, value]) => both.some((each) => each.headers.get(name) !== value))
      .map(([name]) => `${name} is missing`),
    ...absent.filter((name) => both.some((each) => each.headers.has(name))).map((name) => `${name} is there`),
    ...Object.entries(csp).flatMap(([directive, sources]) =>
      sources.filter((source) => !policy(page.headers, directive).includes(source)).map((source) => `${directive} lacks ${source}`),
    ),
    ...(page.status === 200 && world.session !== undefined ? [] : [`without cookies there is no session: ${page.status}`]),
  ];
}

function policy(headers: Headers, directive: string): readonly string[] {
  const found = headers
    .get('content-security-policy')
    ?.split(';')
    .map((each) => each.trim().split(/\s+/));
  return found?.find(([name]) => name === directive)?.slice(1) ?? [];
}

/** A return to the top window out of a frame: nothing goes by itself, and a click takes the cart along. */
async function frameFaults(visit: Visit, start: string, expected: Expected): Promise<readonly string[]> {
  const page = await visit.shop(start, true);
  const frame = page.frames().find((each) => each.url().startsWith('https://shop.'));
  if (frame === undefined) return ['the store is in no frame'];
  visit.world.add('BRG-6204', 1);
  await frame.click('form[action$="/-/return"] button');
  await frame.waitForSelector('#go', { visible: true });
  const faults = [...buttonFaults(await isSeen(frame), expected)];
  await visit.rest();
  if (visit.posts !== expected.postsWithoutClick) faults.push(`without a click there are ${visit.posts} posts`);
  await frame.click('#go');
  await visit.rest();
  return visit.posts === expected.postsAfterClick ? faults : [...faults, `after the click there are ${visit.posts} posts`];
}

async function policyFaults(visit: Visit, start: string, second: string, expected: Expected): Promise<readonly string[]> {
  const [headers, html] = await visit.returnPage(start);
  const scripts = [...html.matchAll(/<script\b([^>]*)>/g)].map(([, attributes = '']) => attributes);
  const faults = [
    ...(expected.cspHasNot ?? [])
      .filter((name) => headers.get('content-security-policy')?.includes(name))
      .map((name) => `the policy has ${name}`),
    ...(scripts.length > 0 && scripts.every((each) => /nonce="[\w+/=-]{16,}"/.test(each)) ? [] : ['a script has no nonce']),
    ...buttonFaults(/<button\b(?![^>]*\b(?:hidden|disabled)\b)/.test(html), expected),
    ...Object.entries(expected.headers ?? {})
      .filter(([name, value]) => headers.get(name) !== value)
      .map(([name]) => `${name} is missing`),
  ];
  // The first session was returned by looking at its page; the next one goes through the browser.
  visit.posts = 0;
  const page = await visit.shop(second, false);
  visit.world.add('BRG-6204', 1);
  visit.answersAfter = 2_500;
  await page.click('form[action$="/-/return"] button', { delay: 0 }).catch(() => undefined);
  await clickThrice(page);
  await visit.rest();
  if (visit.posts !== expected.postsAfterThreeClicks) faults.push(`after three clicks there are ${visit.posts} posts`);
  await page.evaluate('history.back()').catch(() => undefined);
  await visit.rest();
  return visit.posts === expected.postsAfterBack ? faults : [...faults, `after going back there are ${visit.posts} posts`];
}

/** On the page of the return, while the buyer is slow. */
async function clickThrice(page: Page): Promise<void> {
  await page.waitForSelector('#go', { timeout: 5_000 }).catch(() => undefined);
  for (let click = 0; click < 3; click += 1) await page.evaluate("document.getElementById('go')?.click()").catch(() => undefined);
}

async function isSeen(frame: ReturnType<Page['mainFrame']>): Promise<boolean> {
  return (await frame.$eval('#go', 'button => button.offsetWidth > 0 && !button.disabled' as never)) as unknown as boolean;
}

function buttonFaults(isThere: boolean, { buttonVisible }: Expected): readonly string[] {
  return buttonVisible === true && !isThere ? ['no button is to be seen'] : [];
}
