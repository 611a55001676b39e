import { expect, it } from 'vitest';
import { HttpBrowser } from './http-browser.ts';
import { documentIn, press, returnFormIn, setUpOf, startService } from './service-of-tests.ts';

it.each([true, false])('a cart goes from the set-up to the form for the buyer (cookies kept: %s)', async (keepsCookies) => {
  const { service, storefront } = await startService();
  const browser = new HttpBrowser(keepsCookies);
  const { startPage } = await service.setUp(setUpOf(), { buyer: 'larkfield' });
  const first = await browser.open(startPage);
  expect(first.text).toContain('create /');
  const added = await browser.open(new URL('add?part=BRG-6204&quantity=20', first.url).href);
  const page = await press(browser, added, 'return');
  expect(returnFormIn(page).action).toBe('https://buy.larkfield.example/punchout/return?req=1');
  expect(documentIn(page).input).toMatchObject({ cookie: 'LK-1', lines: [{ partId: 'BRG-6204', quantity: '20' }] });
  expect([...storefront.users.values()]).toMatchObject([{ id: 'jdoe', email: 'jdoe@larkfield.example' }]);
});
