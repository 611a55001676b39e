import { readFileSync } from 'node:fs';
import type { OrderCreated, ReleaseShipped } from '@waybill/commerce';
import type { Draft, MessagePackDefinition } from '@waybill/contract';
import { packSuite } from '@waybill/testing';
import { describe, expect, it } from 'vitest';

const folder = new URL('../notifications/', import.meta.url);
const pack = ((await import(new URL('index.js', folder).href)) as { readonly default: MessagePackDefinition }).default;

function sample(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`templates/${name}.sample.json`, folder), 'utf8'));
}

const order = sample('order-received') as OrderCreated;
const release = sample('release-ship-notify') as ReleaseShipped;
/** The same customer, in Germany. */
const german = JSON.parse(JSON.stringify(order).replaceAll('"country":"CA"', '"country":"DE"')) as OrderCreated;
const germanRelease: ReleaseShipped = { ...release, shipTo: { ...release.shipTo, country: 'AT' } };

packSuite(pack, {
  card: new URL('waybill.plugin.json', folder),
  events: { 'order.created': [order, german], 'release.shipped': [release, germanRelease] },
});

function compose(name: string, data: unknown, as = 'mail'): Draft {
  return pack.compose({ name, version: '1.0' }, data, {
    time: '2026-03-16T16:00:00.000Z',
    messageId: 'm-1',
    store: '10151',
    options: { as },
  });
}

interface Mail {
  readonly to?: readonly { readonly address: string }[];
  readonly subject: string;
  readonly language: string;
  readonly thread: string;
  readonly text: string;
  readonly html: string;
  readonly images: readonly { readonly id: string; readonly contentType: string }[];
}

const mailOf = (name: string, data: unknown): Mail => JSON.parse(String(compose(name, data).body)) as Mail;

const mails = [
  ['order-received.en', 'OrderReceived', order],
  ['order-received.de', 'OrderReceived', german],
  ['release-ship-notify.en', 'ReleaseShipNotify', release],
  ['release-ship-notify.de-AT', 'ReleaseShipNotify', germanRelease],
  ['merchant-order-notify.en', 'MerchantOrderNotify', order],
] as const;

describe('the mails of the order flow', () => {
  it.each(mails)('are written as in golden/%s', async (golden, name, data) => {
    const { text, html, subject, language } = mailOf(name, data);
    await expect(`${subject}\n${language}\n\n${text}`).toMatchFileSnapshot(`golden/${golden}.txt`);
    await expect(html).toMatchFileSnapshot(`golden/${golden}.html`);
  });

  it.each(mails)('say in their text what they say in their page: %s', (_, name, data) => {
    const { text, html } = mailOf(name, data);
    const page = seen(html.replace(/^.*<body/s, '<body').replace(/<div style="display:none.*?<\/div>/s, ''));
    const words = (told: string) => new Set(told.split(/[\s,;:()·]+/).filter((word) => /[\p{L}\p{N}]/u.test(word)));
    // Links stand in the text, and behind a button in the page.
    const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, address = '']) => address);
    const inText = [...words(text)].filter((word) => !words(page).has(word) && !/^(x|https|\/\/.*)$/.test(word));
    const inPage = [...words(page)].filter((word) => !words(text).has(word));
    const headings = name === 'ReleaseShipNotify' ? [] : ['Item', 'Quantity', 'Amount', 'Artikel', 'Menge', 'Betrag'];
    expect([inText, inPage.filter((word) => !headings.includes(word))]).toEqual([[], []]);
    expect(links.filter((link) => !text.includes(link))).toEqual([]);
  });

  it('go to the customer, and to whom the entry says', () => {
    expect(mailOf('OrderReceived', order).to).toEqual([{ address: 'tobe@portmerrin.example' }]);
    expect(mailOf('ReleaseShipNotify', release).to).toEqual([{ address: 'tobe@portmerrin.example' }]);
    expect(mailOf('MerchantOrderNotify', order).to).toBeUndefined();
  });

  it('show the logo, which comes with them', () => {
    const { html, images } = mailOf('OrderReceived', order);
    expect([images.length, images[0]?.contentType, html.includes(`src="cid:${images[0]?.id}"`)]).toEqual([1, 'image/png', true]);
  });

  it('have names and comments of customers as texts in their pages', () => {
    const name = { firstName: "Seán O'Hara", lastName: '<img src=x onerror=alert(1)> & Co.' };
    const address = { lines: ['{{ store.url }}'], city: '<b>', state: '', postalCode: '', country: 'CA' };
    const [first] = order.items;
    const items = first ? [{ ...first, description: '"><script>', shipTo: { name, address, comment: 'Ring <twice>\nor call' } }] : [];
    const hostile: OrderCreated = { ...order, items, billTo: { ...(order.billTo as NonNullable<OrderCreated['billTo']>), name } };
    for (const message of ['OrderReceived', 'MerchantOrderNotify']) {
      const { html, text } = mailOf(message, hostile);
      expect(html).not.toMatch(/<script|onerror=alert\(1\)>|&amp;(#39|amp|lt)/);
      expect(seen(html)).toContain("Seán O'Hara <img src=x onerror=alert(1)> & Co.");
      expect([text.includes('{{ store.url }}'), seen(html).includes('{{ store.url }}')]).toEqual([true, true]);
    }
  });

  it('are made of the least that an event may hold', () => {
    const item = { partNumber: 'HP-1', unitPrice: { amount: '5' }, quantity: '1', placed: order.placed };
    const totals = { net: '5', shipping: '0', shippingTax: '0' };
    const least: OrderCreated = { orderId: '1', storeId: '10151', placed: order.placed, totals, items: [item] };
    expect(mailOf('MerchantOrderNotify', least).subject).toBe('New order 1: $5.00');
    expect(() => mailOf('OrderReceived', least)).toThrow('The event names nobody to whom OrderReceived could go.');
    const { trackingId: _, ...shipped } = release;
    expect(mailOf('ReleaseShipNotify', { ...shipped, releaseNumber: '2', customer: { ...release.customer, name: {} } }).text).toContain(
      'This is parcel 2',
    );
  });
});

/** What somebody sees of HTML: no tags, and characters for entities. */
function seen(html: string): string {
  const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", middot: '·' };
  return html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/&(#?\w+);/g, (_, name: string) => characters[name] ?? '?');
}
