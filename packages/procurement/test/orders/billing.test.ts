import { describe, expect, it } from 'vitest';
import { bookWith, document, later, now, openBook, place, refusal, usd } from './support/orders.ts';
import { faultsOf } from './support/schemas.ts';

const tax = (amount: string) => ({ amount: usd(amount), description: 'Sales tax' });
const invoice = (invoiceId: string, quantity: string, more = {}) => ({
  invoiceId,
  invoiced: later,
  lines: [{ number: 1, quantity, ...more }],
});

describe('an invoice', () => {
  it('is told with all that the document needs: what the lines leave out stands in the order, and all sums are there', () => {
    const first = document();
    const event = bookWith(first).invoice(place, {
      payloadId: 'i1@shop.example',
      invoiceId: 'I-1',
      invoiced: later,
      paymentDays: '30',
      lines: [{ number: 1, quantity: '15', tax: tax('5.1'), shipping: { amount: usd('2') } }],
      deposit: usd('10'),
    });
    const { parties: _, ...told } = event;
    expect(told).toEqual({
      buyer: 'larkfield',
      payloadId: 'i1@shop.example',
      orderId: 'PO-71030',
      ordered: first.ordered,
      orderPayloadId: first.payloadId,
      invoiceId: 'I-1',
      invoiced: later,
      paymentDays: '30',
      purpose: 'standard',
      operation: 'new',
      lines: [
        {
          number: 1,
          orderLine: 1,
          quantity: '15',
          unit: 'EA',
          price: usd('4.25'),
          partId: 'NW-100-10',
          tax: tax('5.10'),
          shipping: { amount: usd('2.00') },
          subtotal: usd('63.75'),
          gross: usd('70.85'),
          net: usd('70.85'),
        },
      ],
      summary: {
        subtotal: usd('63.75'),
        tax: tax('5.10'),
        shipping: usd('2.00'),
        gross: usd('70.85'),
        net: usd('70.85'),
        deposit: usd('10.00'),
        due: usd('60.85'),
      },
    });
    expect(faultsOf('purchase-order.invoiced', event)).toEqual([]);
  });

  it('has tax and shipping in its lines or in its summary, and never in both', () => {
    const book = bookWith(document());
    expect(refusal(() => book.invoice(place, { ...invoice('I-1', '1', { tax: tax('0.10') }), tax: tax('1') }))).toContain(
      'Tax stands in the lines and in the summary',
    );
    const shipping = { amount: usd('1') };
    expect(refusal(() => book.invoice(place, { ...invoice('I-1', '1', { shipping }), shipping }))).toContain(
      'Shipping stands in the lines',
    );
    expect(book.invoice(place, { ...invoice('I-1', '1'), tax: tax('1'), shipping }).summary).toMatchObject({
      net: usd('6.25'),
      tax: tax('1.00'),
    });
  });

  it.each([
    [
      'a tax in another currency',
      { lines: [{ number: 1, quantity: '1', tax: { amount: { amount: '1', currency: 'CAD' }, description: 'x' } }] },
      'CAD in an order of USD',
    ],
    [
      'a tax whose parts are not its sum',
      { tax: { ...tax('1'), details: [{ category: 'sales', amount: usd('0.9') }] } },
      'add up to 0.9, not to 1.00',
    ],
    ['a subtotal that is not the sum', { subtotal: usd('4') }, 'add up to 4.25, not to 4'],
    ['a quantity of nothing', { lines: [{ number: 1, quantity: '0' }] }, 'invoices 0'],
    [
      'a line twice',
      {
        lines: [
          { number: 1, quantity: '1' },
          { number: 1, quantity: '1' },
        ],
      },
      'line 1 occurs twice',
    ],
    ['neither lines nor an amount', { lines: [] }, 'neither lines nor a subtotal'],
  ])('of %s is refused', (_what, change, message) => {
    expect(refusal(() => bookWith(document()).invoice(place, { ...invoice('I-1', '1'), ...change }))).toContain(message);
  });

  it('is of what has shipped alone, where the rules say so, and then a shipment stays', () => {
    const book = bookWith(document(), { invoices: 'shipped' });
    expect(refusal(() => book.invoice(place, invoice('I-1', '1')))).toBe('line 1: 1 of 0 would be invoiced.');
    book.ship(place, { shipmentId: 'S-1', noticed: later, orders: [{ orderId: 'PO-71030', lines: [{ number: 1, quantity: '5' }] }] });
    book.invoice(place, invoice('I-1', '5'));
    expect(
      refusal(() => book.ship(place, { operation: 'delete', shipmentId: 'S-1', noticed: later, orders: [{ orderId: 'PO-71030' }] })),
    ).toBe('line 1: 5 of 0 that have shipped would be invoiced.');
  });

  it('has another price than the order where the rules allow it', () => {
    const book = bookWith(document(), { prices: 'any' });
    expect(book.invoice(place, invoice('I-1', '2', { price: usd('5') })).summary.net).toEqual(usd('10.00'));
  });

  it('has a number that no other order of the buyer has an invoice of', () => {
    const { book } = openBook();
    for (const orderId of ['PO-71030', 'PO-71031']) book.submit('larkfield', document({ orderId }), now);
    book.invoice(place, invoice('I-1', '1'));
    expect(refusal(() => book.invoice({ ...place, orderId: 'PO-71031' }, invoice('I-1', '1')))).toBe(
      'Invoice I-1: invoice id used, for order PO-71030.',
    );
  });

  it('by one amount is of no more than the order is worth, and neither is what comes beside it', () => {
    const book = bookWith(document());
    expect(refusal(() => book.invoice(place, { invoiceId: 'I-1', invoiced: later, subtotal: usd('153.41') }))).toBe(
      'Order PO-71030: 153.41 of 153.40 would be invoiced.',
    );
    const event = book.invoice(place, { invoiceId: 'I-1', invoiced: later, subtotal: usd('100'), tax: tax('8') });
    expect(event).toMatchObject({ summary: { subtotal: usd('100.00'), net: usd('108.00') } });
    expect('lines' in event).toBe(false);
    expect(refusal(() => book.invoice(place, invoice('I-2', '13')))).toBe('Order PO-71030: 155.25 of 153.40 would be invoiced.');
    expect(refusal(() => book.invoice(place, invoice('I-2', '12')))).toBeUndefined();
  });

  it('can be taken back, and its number stays used', () => {
    const book = bookWith(document());
    book.invoice(place, { ...invoice('I-1', '20'), payloadId: 'i1', tax: tax('2') });
    const event = book.withdraw(place, { invoiceId: 'I-1', invoiced: later });
    expect(event).toMatchObject({ operation: 'delete', replaces: 'i1', summary: { subtotal: usd('85.00'), net: usd('87.00') } });
    expect(faultsOf('purchase-order.invoiced', event)).toEqual([]);
    expect(refusal(() => book.withdraw(place, { invoiceId: 'I-1', invoiced: later }))).toContain('no invoice I-1');
    expect(refusal(() => book.invoice(place, invoice('I-1', '20')))).toContain('invoice id used');
    expect(refusal(() => book.invoice(place, invoice('I-2', '20')))).toBeUndefined();
  });
});

describe('a credit', () => {
  const withInvoice = () => {
    const book = bookWith(document());
    book.invoice(place, { ...invoice('I-1', '20'), payloadId: 'i1', tax: tax('5') });
    return book;
  };

  it('of lines names the invoice, and is negative in all its amounts', () => {
    const event = withInvoice().credit(place, { ...invoice('C-1', '-4', { tax: tax('-1') }), of: 'I-1' });
    expect(event).toMatchObject({
      purpose: 'lineLevelCreditMemo',
      replaces: 'i1',
      original: { id: 'I-1', date: later },
      lines: [{ quantity: '-4', price: usd('4.25'), subtotal: usd('-17.00') }],
      summary: { subtotal: usd('-17.00'), tax: tax('-1.00'), net: usd('-18.00'), due: usd('-18.00') },
    });
    expect(faultsOf('purchase-order.invoiced', event)).toEqual([]);
  });

  it('of an invoice by one amount is of no more than it asks for, beside other credits', () => {
    const book = withInvoice();
    const credit = (invoiceId: string, amount: string) =>
      book.credit(place, { invoiceId, invoiced: later, of: 'I-1', subtotal: usd(amount) });
    expect(credit('C-1', '-50')).toMatchObject({ purpose: 'creditMemo', summary: { due: usd('-50.00') } });
    expect(refusal(() => credit('C-2', '-40.01'))).toBe('credits 90.01 of 90.00 that invoice I-1 asks for.');
    expect(refusal(() => book.credit(place, { ...invoice('C-2', '-10'), of: 'I-1' }))).toContain('credits 92.50 of 90.00');
    expect(refusal(() => credit('C-2', '40'))).toContain('is negative, not 40.00');
  });

  it('that gives all back lets the goods be invoiced once more, and then stays', () => {
    const book = withInvoice();
    expect(refusal(() => book.invoice(place, invoice('I-2', '20')))).toBe('line 1: 40 of 20 would be invoiced.');
    book.credit(place, { invoiceId: 'C-1', invoiced: later, of: 'I-1', subtotal: usd('-90') });
    expect(refusal(() => book.invoice(place, invoice('I-2', '20')))).toBeUndefined();
    expect(refusal(() => book.withdraw(place, { invoiceId: 'C-1', invoiced: later }))).toBe('line 1: 40 of 20 would be invoiced.');
    expect(refusal(() => book.withdraw(place, { invoiceId: 'I-1', invoiced: later }))).toBe(
      'Invoice I-1 is credited by C-1; withdraw that first.',
    );
  });

  it.each([
    ['at a higher price', { lines: [{ number: 1, quantity: '-1', price: usd('4.26') }] }, 'the price is 4.26, invoiced were 4.25'],
    ['of a line that was not invoiced', { lines: [{ number: 2, quantity: '-1' }] }, 'line 2 is not in invoice I-1'],
    ['of nothing', { lines: [] }, 'neither lines nor a subtotal'],
    ['with a tax that is asked for', { tax: tax('1') }, 'are negative, not 1.00'],
  ])('%s is refused', (_what, change, message) => {
    expect(refusal(() => withInvoice().credit(place, { ...invoice('C-1', '-1'), of: 'I-1', ...change }))).toContain(message);
  });
});
