import { readFileSync } from 'node:fs';
import { type ReleaseShipped, releaseShipped } from '@waybill/commerce';
import type { MessagePackDefinition } from '@waybill/contract';
import { createKernel } from '@waybill/kernel';
import { memoryJournalPlugin, memoryTransport, packSuite } from '@waybill/testing';
import { describe, expect, it } from 'vitest';

const folder = new URL('notices/', import.meta.url);
const pack = ((await import(new URL('index.js', folder).href)) as { readonly default: MessagePackDefinition }).default;
const shipped = JSON.parse(readFileSync(new URL('templates/parcel-sent.sample.json', folder), 'utf8')) as ReleaseShipped;

packSuite(pack, { card: new URL('waybill.plugin.json', folder), events: { 'release.shipped': [shipped] } });

describe('the notifications of the guide', () => {
  const mailOf = (data: unknown) => {
    const { body } = pack.compose({ name: 'ParcelSent', version: '1.0' }, data, {
      time: '2026-03-16T16:00:00Z',
      messageId: 'm',
      options: { as: 'mail' },
    });
    return JSON.parse(String(body)) as { readonly subject: string; readonly text: string; readonly html: string };
  };

  it('are told in the language of the customer', () => {
    const german = mailOf({ ...shipped, shipTo: { ...shipped.shipTo, country: 'DE' } });
    expect([mailOf(shipped).subject, german.subject]).toEqual(['Order 12012 is on its way', 'Bestellung 12012 ist unterwegs']);
    expect(german.text).toBe(
      'Guten Tag Tobe,\n\nNorthline Ground hat Ihr Paket am 16. März 2026 abgeholt.\n\n2 x Cabin lamp\n1 x Mooring kit\n\nHarbour and Pine\n',
    );
    expect(german.html).toContain('<li>2 &times; Cabin lamp</li>');
  });

  it('leave a kernel as mails, and as texts where the entry says so', async () => {
    const memory = memoryTransport();
    const manifest = {
      plugins: [],
      journal: { use: 'memory' },
      connections: { far: { transport: 'memory' } },
      outbound: {
        customers: { connection: 'far', queue: 'MAILS' },
        archive: { connection: 'far', queue: 'TEXTS', packs: { notices: { as: 'text' } } },
      },
      routes: [{ event: 'release.shipped', message: 'ParcelSent@1.0', to: ['customers', 'archive'] }],
      log: { level: 'error' as const },
    };
    const kernel = createKernel({ application: { handlers: [] }, plugins: [memory.transport, pack, memoryJournalPlugin], manifest });
    await kernel.start();
    await kernel.publish(releaseShipped, shipped);
    const [mail, text] = await Promise.all([memory.take('MAILS'), memory.take('TEXTS')]);
    expect([mail.contentType, mail.properties['to']]).toEqual(['application/vnd.waybill.mail+json', undefined]);
    expect([text.contentType, text.properties['to']]).toEqual(['text/plain; charset=utf-8', 'tobe@portmerrin.example']);
    await kernel.stop();
  });
});
