import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/index.ts';
import { refusal } from '../refusal.ts';
import { changed } from '../support/documents.ts';
import { eur, objection, order, readBack, written } from '../support/supplier.ts';

const type = 'InvoiceDetailRequest';
const tax = { amount: eur('5.10'), description: '' };
const summary = { subtotal: eur('63.75'), tax, net: eur('68.85') };
const base = { ...order, invoiceId: 'KI-1', invoiced: '2026-11-07T09:00:00+01:00', purpose: 'standard', operation: 'new', summary };
const line = { number: 1, orderLine: 1, quantity: '15', unit: 'EA', price: eur('4.25'), subtotal: eur('63.75') };
const ends = ['shipFrom', 'shipTo'].map((role) => ({ role, address: { name: 'Kelso Tools' } }));
const invoice = (content: object) => written(type, { ...base, ...content });
const refused = (content: object) => objection(type, { ...base, ...content });
const back = { subtotal: eur('-8.50'), tax: { amount: eur('-0.68'), description: 'VAT' }, net: eur('-9.18') };
const credited = { ...line, quantity: '-2', subtotal: eur('-8.50') };

describe('the indicators of an invoice', () => {
  const indicators = (text: string) =>
    /<InvoiceDetailHeaderIndicator.*>\s*<InvoiceDetailLineIndicator.*>/.exec(text)?.[0].replaceAll(/\s+/g, ' ');

  it('follow from its content', () => {
    const shipping = { amount: eur('2') };
    expect([
      indicators(invoice({})),
      indicators(invoice({ lines: [line] })),
      indicators(invoice({ lines: [line, { ...line, number: 2, tax }] })),
      indicators(invoice({ lines: [{ ...line, shipping }], partners: ends })),
    ]).toEqual([
      '<InvoiceDetailHeaderIndicator isHeaderInvoice="yes"/> <InvoiceDetailLineIndicator/>',
      '<InvoiceDetailHeaderIndicator/> <InvoiceDetailLineIndicator/>',
      '<InvoiceDetailHeaderIndicator/> <InvoiceDetailLineIndicator isTaxInLine="yes"/>',
      '<InvoiceDetailHeaderIndicator/> <InvoiceDetailLineIndicator isShippingInLine="yes"/>',
    ]);
  });

  it('cannot be set by hand', () => {
    expect(refused({ lines: [line], isTaxInLine: true })).toContain('no place for "isTaxInLine"');
  });

  it.each([
    ['isTaxInLine', 'invoice', '<InvoiceDetailLineIndicator/>', '<InvoiceDetailLineIndicator isTaxInLine="yes"/>'],
    ['isTaxInLine', 'invoice-taxed-lines', ' isTaxInLine="yes"', ''],
    ['isShippingInLine', 'invoice-taxed-lines', ' isShippingInLine="yes"', ''],
    ['isHeaderInvoice', 'credit-memo', ' isHeaderInvoice="yes"', ''],
    ['isHeaderInvoice', 'invoice', '<InvoiceDetailHeaderIndicator/>', '<InvoiceDetailHeaderIndicator isHeaderInvoice="yes"/>'],
  ])('that do not agree with it are refused: %s in %s', (indicator, name, from, to) => {
    const text = changed(name, from, to);
    expect(refusal(() => readDocument(text))).toBe('WB_CXML_BAD_REQUEST');
    expect(() => readDocument(text)).toThrow(indicator);
  });
});

describe('an invoice', () => {
  it('has a tax in its summary with words, be they empty', () => {
    expect(invoice({ lines: [line] })).toMatch(/<Tax>\s*<Money currency="EUR">5.10<\/Money>\s*<Description xml:lang="en"\/>\s*<\/Tax>/);
    expect(refused({ lines: [line], summary: { subtotal: eur('1'), net: eur('1') } })).toContain('is missing');
  });

  it('names the order by its payload id, or by its number, with the date to the letter', () => {
    const ordered = '2.11.2026 8h15';
    expect(invoice({ lines: [line], ordered })).toMatch(
      /<OrderReference orderID="BW-2207" orderDate="2.11.2026 8h15">\s*<DocumentReference/,
    );
    expect(invoice({ lines: [line], ordered, orderPayloadId: undefined })).toContain(
      '<OrderIDInfo orderID="BW-2207" orderDate="2.11.2026 8h15"/>',
    );
  });

  it('says in the shipping alone where goods come from and go to', () => {
    const text = invoice({ lines: [line], partners: [{ role: 'remitTo', address: { name: 'Kelso Tools', country: 'GB' } }, ...ends] });
    expect(text.match(/<InvoicePartner>/g)).toHaveLength(1);
    expect(text).toMatch(/<InvoiceDetailShipping>\s*<Contact role="shipFrom">[\s\S]*<Contact role="shipTo">/);
    expect(refused({ lines: [line], partners: ends.slice(1) })).toContain('names shipTo alone');
    expect(refused({ lines: [{ ...line, shipping: { amount: eur('2') } }] })).toContain('does not say from where to where');
  });

  it('of partners with nothing but a country has it in a postal address', () => {
    const partners = [{ role: 'remitTo', address: { name: 'Kelso Tools', country: 'GB' } }];
    expect(readBack(type, { ...base, partners })['partners']).toEqual(partners);
  });

  it('is in one currency', () => {
    const wrong = { ...line, tax: { ...tax, details: [{ category: 'vat', amount: { amount: '5.10', currency: 'GBP' } }] } };
    expect(refused({ lines: [wrong] })).toContain('has amounts in EUR and GBP');
  });

  it('says what is due where something was paid before', () => {
    expect(refused({ lines: [line], summary: { ...summary, deposit: eur('10') } })).toContain('does not say what is due');
    expect(refused({ lines: [line], summary: { ...summary, deposit: eur('10'), due: eur('58.85') } })).toBeUndefined();
  });

  it('is taken back, never changed', () => {
    expect(refused({ operation: 'update' })).toContain('is an update, which invoices do not know');
    expect(refused({ operation: 'delete' })).toContain('does not say of which invoice it speaks');
    expect(refused({ operation: 'delete', replaces: 'i1@kelso.example' })).toBeUndefined();
  });

  it('has one comment, in which all are', () => {
    const comments = [
      { text: 'One.', language: 'en' },
      { text: 'Two.', attachments: [{ url: 'cid:a@kelso.example' }] },
    ];
    expect(readBack(type, { ...base, comments })['comments']).toEqual([
      { text: 'One.\nTwo.', language: 'en', attachments: [{ url: 'cid:a@kelso.example' }] },
    ]);
  });

  it('for several orders, or of services, is not read as one for the first', () => {
    const text = changed('invoice', '<InvoiceDetailSummary>', '<InvoiceDetailSummary>');
    const whole = /<InvoiceDetailOrder>[\s\S]*<\/InvoiceDetailOrder>/.exec(text)?.[0] ?? '';
    expect(() => readDocument(text.replace(whole, whole + whole))).toThrow('speaks of several orders');
    const service = '<InvoiceDetailServiceItem invoiceLineNumber="2"><SubtotalAmount/></InvoiceDetailServiceItem></InvoiceDetailOrder>';
    expect(() => readDocument(text.replace('</InvoiceDetailOrder>', service))).toThrow('has lines of services');
  });

  it('with terms for those who pay early is due on the last day', () => {
    const terms = '<PaymentTerm payInNumberOfDays="10"><Discount/></PaymentTerm><PaymentTerm payInNumberOfDays="60"/>';
    const text = changed('invoice', '<PaymentTerm payInNumberOfDays="30"/>', terms);
    expect(readDocument(text).input).toMatchObject({ paymentDays: '60' });
  });
});

describe('a credit memo', () => {
  it('of the order has no lines, negative amounts, and says what is due', () => {
    const text = invoice({ purpose: 'creditMemo', summary: back });
    expect(text).toContain('isHeaderInvoice="yes"');
    expect(text).toMatch(/<DueAmount>\s*<Money currency="EUR">-9.18<\/Money>/);
    expect(refused({ purpose: 'creditMemo', lines: [credited], summary: back })).toContain('is a creditMemo and has lines');
    expect(refused({ purpose: 'creditMemo' })).toContain('has an amount that is not negative');
  });

  it('of lines names the invoice, and has lines with negative amounts', () => {
    const memo = { purpose: 'lineLevelCreditMemo', replaces: 'i1@kelso.example', lines: [credited], summary: back };
    const text = invoice(memo);
    expect(text).toMatch(/<DueAmount>\s*<Money currency="EUR">-9.18<\/Money>/);
    expect(text).toContain('<DocumentReference payloadID="i1@kelso.example"/>');
    expect(refused({ ...memo, replaces: undefined })).toContain('does not say of which invoice it speaks');
    expect(refused({ ...memo, lines: [] })).toContain('is a lineLevelCreditMemo and has no lines');
    expect(refused({ ...memo, lines: [line] })).toContain('has an amount that is not negative');
  });

  it('is no debit memo, which may claim something', () => {
    expect(refused({ purpose: 'debitMemo' })).toBeUndefined();
    expect(refused({ purpose: 'lineLevelDebitMemo', replaces: 'i1@kelso.example', lines: [line] })).toBeUndefined();
  });
});
