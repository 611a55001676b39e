import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, it, onTestFinished } from 'vitest';
import { definePartners, definePunchout, openSessions } from '../../src/index.ts';
import { HttpBrowser } from './http-browser.ts';
import { documentIn, press } from './service-of-tests.ts';
import { partnersSpec, setUpOf } from './set-up-of-tests.ts';
import { SmallStore } from './small-store.ts';

it('the service stands in front of an application of Express, whose routes and parsers work in a session', async () => {
  const storefront = new SmallStore();
  const sessions = openSessions({ path: ':memory:' });
  const app = express();
  app.use((request, response, next) => service.handle(request, response, next));
  app.use(express.urlencoded({ extended: false }));
  app.post('/add', (request, response) => {
    const session = service.sessionOf(request);
    const { form, part } = request.body as { readonly form: string; readonly part: string };
    if (session?.accepts(form)) response.redirect(303, session.address(`/add?part=${part}`));
    else response.status(403).end();
  });
  app.get('{*path}', (request, response) => storefront.serve(service.sessionOf(request), request, response));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => void server.once('listening', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => void server.close(resolve));
    await sessions.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service = definePunchout({ url: `${origin}/punchout`, partners: definePartners(partnersSpec), sessions, storefront });

  const browser = new HttpBrowser();
  const page = await browser.open((await service.setUp(setUpOf(), { buyer: 'larkfield' })).startPage);
  const form = /name="form" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const address = new URL('add', page.url).href;
  expect((await browser.open(address, { headers, form: { form: 'x', part: 'GLV-300-L' } })).status).toBe(403);
  const added = await browser.open(address, { headers, form: { form, part: 'BRG-6204' } });
  expect(documentIn(await press(browser, added, 'return')).input.lines).toMatchObject([{ partId: 'BRG-6204' }]);
  expect((await browser.open(`${origin}/add?part=BRG-6204`)).text).toBe('no session');
});
