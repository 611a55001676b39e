import type { PurchaseOrderSubmitInput } from '@waybill/commerce';
import { describe, expect, it } from 'vitest';
import { startBuyer } from '../src/index.ts';
import { line, postCart, startBoth } from './stub-shop.ts';

describe('an order', () => {
  it('is sent whole each time, and names the document before', async () => {
    const { buyer, shop } = await startBoth();
    const { id } = await buyer.shop();
    const screws = { ...line('SCREW', '500', '3.20'), priceBasis: { quantity: '100', unit: 'EA', conversion: '1' } };
    await postCart(buyer, id, { lines: [line('ROPE-8', '3'), screws, line('GONE')] });
    await buyer.order(id);
    buyer.setQuantity(id, 2, '0');
    buyer.setQuantity(id, 0, '10');
    await buyer.order(id);
    await buyer.cancel(id);
    const orders = shop.documents().slice(1);
    const inputs = orders.map(({ input }) => input as PurchaseOrderSubmitInput);
    expect(inputs.map(({ type, orderId, version, replaces }) => [type, orderId, version, replaces])).toEqual([
      ['new', 'PO-70331', '1', undefined],
      ['update', 'PO-70331', '2', orders[0]?.payloadId],
      ['delete', 'PO-70331', '3', orders[1]?.payloadId],
    ]);
    expect(inputs.map(({ total, lines }) => [total.amount, lines.map(({ number, quantity }) => `${number}: ${quantity}`)])).toEqual([
      ['37.25', ['1: 3', '2: 500', '3: 2']],
      ['58.50', ['1: 10', '2: 500']],
      ['58.50', ['1: 10', '2: 500']],
    ]);
    expect(inputs[0]?.lines[0]).toMatchObject({ partId: 'ROPE-8', auxiliaryId: 'ROPE-8-1', unit: 'EA' });
    expect(buyer.requisition(id).order).toMatchObject({ id: 'PO-70331', state: 'canceled' });
    await expect(buyer.order(id)).rejects.toThrow('was canceled');
  });

  it('is sent again byte for byte', async () => {
    const { buyer, shop } = await startBoth();
    const { id } = await buyer.shop();
    await postCart(buyer, id);
    await buyer.order(id);
    await buyer.sendAgain(id);
    expect(shop.texts[2]).toBe(shop.texts[1]);
  });

  it('that the shop refuses was not ordered', async () => {
    const { buyer, shop } = await startBoth();
    const { id } = await buyer.shop();
    await postCart(buyer, id);
    shop.status = { code: 409, text: 'Conflict' };
    await buyer.order(id);
    expect(buyer.requisition(id).order).toBeUndefined();
    expect(buyer.documents().at(-1)).toMatchObject({ status: '409 Conflict', problem: 'Conflict' });
  });

  it('needs lines', async () => {
    const { buyer } = await startBoth();
    const { id } = await buyer.shop();
    await expect(buyer.order(id)).rejects.toThrow(`The requisition ${id} has no lines.`);
    await expect(buyer.cancel(id)).rejects.toThrow('was not ordered yet');
    await expect(buyer.sendAgain(id)).rejects.toThrow('was not ordered yet');
    await expect(buyer.order('R99')).rejects.toThrow('There is no requisition R99.');
  });
});

describe('a shop that does not answer as it should', () => {
  it('is told with what it has said', async () => {
    const { buyer, shop } = await startBoth();
    shop.page = '<html>It works!</html>';
    await expect(buyer.shop()).rejects.toThrow(/has answered 200 with something that is no cXML/);
    expect(buyer.documents()[0]?.answer?.text).toBe('<html>It works!</html>');
    expect(buyer.documents()[0]?.problem).toMatch(/no cXML/);
  });

  it('is told where it is not there', async () => {
    const { buyer } = await startBoth();
    await expect(buyer.shop({ shop: 'http://127.0.0.1:9/' })).rejects.toMatchObject({ code: 'WB_BUYER_SHOP_UNREACHABLE' });
    expect(buyer.documents()[0]?.problem).toContain('ECONNREFUSED');
  });

  it.each(['ftp://shop.test/', 'shop', 'javascript:alert(1)'])('cannot be at %s', async (shop) => {
    await expect(startBuyer({ shop })).rejects.toMatchObject({ code: 'WB_BUYER_BAD_OPTION' });
  });
});
