import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readDocument } from '@waybill/cxml';
import { recordingLog } from '@waybill/testing';
import { onTestFinished } from 'vitest';
import { definePartners, definePunchout, openSessions, type PunchoutSpec, type SessionStore } from '../../src/index.ts';
import { type FoundForm, formsIn, HttpBrowser, type Shown } from './http-browser.ts';
import { partnersSpec } from './set-up-of-tests.ts';
import { SmallStore } from './small-store.ts';

/** A store on a socket of its own, which ends with the test. */
export async function startService(spec: Partial<PunchoutSpec> & { readonly path?: string; readonly store?: SessionStore } = {}) {
  const { path = ':memory:', store: given, ...more } = spec;
  const storefront = new SmallStore();
  const sessions = given ?? openSessions({ path });
  const log = recordingLog();
  const server = createServer((request, response) =>
    service.handle(request, response, () => storefront.serve(service.sessionOf(request), request, response)),
  );
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => void server.close(resolve));
    await sessions.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service = definePunchout({
    url: `${origin}/punchout`,
    partners: definePartners(partnersSpec),
    sessions,
    storefront,
    log: log.log,
    name: 'Harbor Pine',
    ...more,
  });
  return { service, storefront, sessions, log, origin };
}

/** Posts a form of the page, the first one or that of the id. */
export async function press(browser: HttpBrowser, page: Shown, id?: string): Promise<Shown> {
  const text = id === undefined ? page.text : (new RegExp(`<form id="${id}".*?</form>`, 's').exec(page.text)?.[0] ?? '');
  const [form] = formsIn({ text, url: page.url });
  if (!form) throw new Error(`there is no form ${id ?? ''} in ${page.text.slice(0, 500)}`);
  return await browser.open(form.action, { form: new URLSearchParams(form.fields.map(([name, value]): [string, string] => [name, value])).toString() });
}

/** The form that would go to the buyer. */
export function returnFormIn(page: Shown): FoundForm {
  const [form] = formsIn(page);
  if (!form) throw new Error(`the page brings nothing back: ${page.text.slice(-1500)}`);
  return form;
}

/** The document in the form that would go to the buyer. */
export function documentIn(page: Shown) {
  const [[name, value] = ['', '']] = returnFormIn(page).fields;
  const text = name.toLowerCase().includes('base64') ? Buffer.from(value, 'base64').toString('utf8') : value;
  return { text, ...readDocument(text) } as unknown as {
    text: string;
    payloadId: string;
    status?: { code: number };
    test: boolean;
    input: { cookie: string; lines: { partId: string; auxiliaryId?: string; quantity: string }[] };
  };
}
