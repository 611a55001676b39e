import { readFileSync } from 'node:fs';
import type { Draft, MessagePackDefinition } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import { describe, expect, it } from 'vitest';
import { mailDocumentKeys } from '../../packages/templates/test/mail-document.ts';
import { contextFor, least, packOf, sent } from '../../packages/templates/test/pack.ts';
import { compose } from '../../plugins/transport-email/src/mail/compose.ts';
import { checkDocument } from '../../plugins/transport-email/src/mail/document/check.ts';
import { mailDocument, mailDocumentType } from '../../plugins/transport-email/src/mail/document/mail-document.ts';
import { type Target, target } from '../../plugins/transport-email/src/settings/target.ts';
import { root } from '../../scripts/generate/workspace.ts';

// What the templates write is what the email transport reads. Neither package knows the other.

const folder = `${root}/examples/order-flow/notifications/`;
const orderFlow = ((await import(`${folder}index.js`)) as { readonly default: MessagePackDefinition }).default;
const entry = resolveSettings(target, { from: 'shop@shop.example', to: ['admin@shop.example'] }, { folder: '/' }) as Target;

const png = Buffer.from('89504e470d0a1a0a', 'hex');

/** With everything that a notification can say. */
const everything = packOf(
  {
    ...least,
    'parcel-sent.html.liquid': '<img src="{% image \'Größe & logo.png\' %}">Hello {{ customer.name }}',
    'Größe & logo.png': png,
    'files/terms.pdf': 'terms',
  },
  {
    from: () => ({ name: 'Harbour "and" Pine', address: 'help@shop.example' }),
    to: ({ customer }) => [{ name: customer.name, address: customer.email ?? '' }, 'bob@mill.example'],
    cc: () => 'cc@x.example',
    bcc: () => 'bcc@x.example',
    replyTo: () => 'help@x.example',
    thread: ({ number }) => `order ${number} `.repeat(40),
    attachments: [
      { file: 'files/terms.pdf', fileName: 'Terms.pdf' },
      () => [
        { fileName: 'Größe.csv', contentType: 'text/csv; charset=utf-8', content: 'Größe;1\n' },
        { fileName: 'label.bin', contentType: 'application/octet-stream', content: Uint8Array.of(0, 255) },
      ],
    ],
  },
);

function draftOf(pack: MessagePackDefinition, name: string, data: unknown): Draft {
  return pack.compose({ name, version: '1.0' }, data, contextFor());
}

/** Throws where the transport does not understand it, or cannot make a mail of it. */
function readByTransport({ type, contentType, body, properties = {} }: Draft): number {
  expect(contentType).toBe(mailDocumentType);
  checkDocument(mailDocument, JSON.parse(String(body)));
  const message = { id: 'm-1', createdAt: 0, type, contentType, properties, body: Buffer.from(body as string) };
  return compose(message, entry, { domain: 'shop.example' }).recipients.length;
}

const samples = ['order-received', 'release-ship-notify', 'merchant-order-notify'] as const;
const nameOf = {
  'order-received': 'OrderReceived',
  'release-ship-notify': 'ReleaseShipNotify',
  'merchant-order-notify': 'MerchantOrderNotify',
};

describe('the mail document that templates write', () => {
  it('has the keys that the transport knows', () => {
    expect(Object.keys(mailDocument.properties).toSorted()).toEqual([...mailDocumentKeys].toSorted());
  });

  it.each(samples)('becomes a mail: %s of the order flow', (file) => {
    const data: unknown = JSON.parse(readFileSync(`${folder}templates/${file}.sample.json`, 'utf8'));
    expect(readByTransport(draftOf(orderFlow, nameOf[file], data))).toBeGreaterThan(0);
  });

  it('becomes a mail with people, images and files', () => {
    expect(readByTransport(draftOf(everything, 'ParcelSent', sent))).toBe(4);
  });

  it('becomes a mail to whom the entry says, where it names nobody', () => {
    expect(readByTransport(draftOf(packOf(least, { to: undefined }), 'ParcelSent', sent))).toBe(1);
  });

  it.each(['de', 'de_at', 'de-Latn-AT-x-own-u-ca-hebrew', 'de-AT-u-nu-arab', 'x-klingon', 'de'.repeat(100), 'no language', ''])(
    'becomes a mail in whatever language is asked for: %j',
    (language) => {
      const data = { ...sent, customer: { ...sent.customer, language } };
      const pack = packOf({ ...least, 'parcel-sent.de.subject.liquid': 'Paket', 'parcel-sent.de.text.liquid': 'Hallo' });
      expect(readByTransport(draftOf(pack, 'ParcelSent', data))).toBe(1);
    },
  );
});
