import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type PurchaseOrderConfirmed, purchaseOrderConfirmed } from '@waybill/commerce';
import { eventually } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Supplier, startSupplier } from './support/supplier.ts';

const secret = 'loud-heron-17';

interface Got {
  readonly path: string;
  readonly contentType: string | undefined;
  readonly body: string;
}

type Says = readonly [http: number, body: string];

const response = (code: number, text: string): string =>
  `<?xml version="1.0"?><cXML payloadID="r@buyer.example" timestamp="2026-10-05T10:00:00-04:00"><Response><Status code="${code}" text="${text}"/></Response></cXML>`;

/** A buyer that says what the test says, in turn; the last of it for ever. */
async function startBuyer(...says: readonly Says[]) {
  const got: Got[] = [];
  const server = createServer((request, answer) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const [http, body] = says[Math.min(got.length, says.length - 1)] ?? [200, response(200, 'OK')];
      got.push({ path: request.url ?? '', contentType: request.headers['content-type'], body: Buffer.concat(parts).toString() });
      answer.writeHead(http, { 'content-type': 'text/xml' }).end(body);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => new Promise<void>((closed) => void server.close(() => closed())));
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const confirmed = (more: Partial<PurchaseOrderConfirmed> = {}): PurchaseOrderConfirmed => ({
  buyer: 'larkspur',
  parties: { from: [{ domain: 'NetworkID', identity: 'SUP-40077' }], to: [{ domain: 'NetworkID', identity: 'BUY-20033' }] },
  orderId: 'PO-9001',
  orderPayloadId: '1795000000.1@buyer.example',
  confirmationId: 'C-1',
  type: 'accept',
  operation: 'new',
  noticed: '2026-10-05T11:00:00+00:00',
  ...more,
});

function entryTo(connection: string, path = '/cxml/confirmation') {
  return {
    connection,
    path,
    retry: { first: '5ms', most: '10ms' },
    packs: {
      procurement: {
        host: 'shop.example',
        offset: '-04:00',
        sender: { domain: 'NetworkID', identity: 'SUP-40077', secret: '${env:SECRET_OF_BUYER}' },
        userAgent: 'Shop 1',
      },
    },
  };
}

async function supplierFor(url: string, routes?: readonly object[]): Promise<Supplier> {
  return startSupplier({
    connections: { buyer: { transport: 'http', url } },
    outbound: { confirmations: entryTo('buyer'), others: entryTo('buyer', '/others') },
    routes: routes ?? [{ event: 'purchase-order.confirmed', message: 'ConfirmationRequest', to: ['confirmations'] }],
  });
}

const rows = async ({ kernel }: Supplier) => (await kernel.desk.list({ direction: 'out' }, { limit: 10 })).rows;

describe('a document for a buyer', () => {
  it('has the secret of its entry when it arrives, and nowhere else', async () => {
    const buyer = await startBuyer([200, response(200, 'OK')]);
    const supplier = await supplierFor(buyer.url);
    await supplier.kernel.publish(purchaseOrderConfirmed, confirmed({ payloadId: '1796000000.7@shop.example' }));
    const [got] = await eventually(() => (buyer.got.length > 0 ? buyer.got : undefined), { what: 'the document' });
    expect(got?.contentType).toBe('text/xml; charset=utf-8');
    expect(got?.body.replaceAll(/>\s+</g, '><')).toContain(
      `<Identity>SUP-40077</Identity><SharedSecret>${secret}</SharedSecret></Credential><UserAgent>Shop 1</UserAgent></Sender>`,
    );
    expect(got?.body).toContain('payloadID="1796000000.7@shop.example"');
    expect(got?.body).toMatch(/timestamp="[^"]+-04:00"/);
    await supplier.kernel.stop();
    expect(supplier.kept()).toContain('1796000000.7@shop.example');
    expect(supplier.kept()).not.toContain(secret);
  });

  it('is the same at each attempt, until the buyer takes it', async () => {
    const buyer = await startBuyer(
      [500, ''],
      [200, '<html>busy</html>'],
      [200, response(560, 'Temporary Server Error')],
      [200, response(201, 'Accepted')],
    );
    const supplier = await supplierFor(buyer.url);
    await supplier.kernel.publish(purchaseOrderConfirmed, confirmed());
    await eventually(() => buyer.got.length === 4, { what: 'four attempts' });
    expect(new Set(buyer.got.map(({ body }) => body)).size).toBe(1);
    expect(buyer.got[0]?.body).toMatch(/payloadID="\d+\.[\w.-]+@shop\.example"/);
  });

  it.each<[string, Says]>([
    ['in an answer', [200, response(403, 'Forbidden')]],
    ['behind an HTTP status that others try again', [500, response(400, 'Bad Request')]],
  ])('that the buyer refuses %s is parked, and not sent again', async (_how, says) => {
    const buyer = await startBuyer(says);
    const supplier = await supplierFor(buyer.url);
    await supplier.kernel.publish(purchaseOrderConfirmed, confirmed());
    const parked = await eventually(async () => (await rows(supplier)).find(({ state }) => state === 'parked'), { what: 'the refusal' });
    expect(JSON.stringify(parked)).toContain('WB_CXML_REFUSED');
    expect(buyer.got).toHaveLength(1);
  });

  it('goes where the route for its buyer says', async () => {
    const buyer = await startBuyer([200, response(200, 'OK')]);
    const route = { event: 'purchase-order.confirmed', message: 'ConfirmationRequest' };
    const supplier = await supplierFor(buyer.url, [
      { ...route, when: { buyer: 'larkspur' }, to: ['confirmations'] },
      { ...route, when: { buyer: 'thistle' }, to: ['others'] },
    ]);
    await supplier.kernel.publish(purchaseOrderConfirmed, confirmed({ buyer: 'thistle' }));
    await supplier.kernel.publish(purchaseOrderConfirmed, confirmed());
    await eventually(() => buyer.got.length === 2, { what: 'both documents' });
    expect(buyer.got.map(({ path }) => path).toSorted()).toEqual(['/cxml/confirmation', '/others']);
  });
});
