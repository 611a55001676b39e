import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { chosen, context, messageOf, readBody, sampleOf, textOf } from './support/messages.ts';

const squeezed = (body: string) => body.replace(/>\s+</g, '><');
const lamp = { globalId: 'HP-LAMP-02', distributorIds: ['NL-7702'] };

describe('a question to a distributor', () => {
  const account = { customerNumber: 'C-4471', partnerGroup: 'EAST' };
  const asked = { requestId: '90117', distributorId: 'NLD', account };
  const quotationAsked = {
    ...asked,
    lines: [{ product: lamp, lineNumber: '45020', quantity: '6', unitOfMeasure: 'C62' }],
    additionalInformation: true,
  };
  const transferAsked = {
    ...asked,
    requestId: '90121',
    account: { customerNumber: 'C-4471' },
    orderId: '12011',
    lines: [{ product: lamp, quantity: '4', lineNumber: '45020', unitOfMeasure: 'C62', supplierData: 'quote=Q-5531;line=1' }],
  };
  const batchAsked = {
    requestId: '90130',
    distributorId: 'NLD',
    lines: [{ product: { globalId: 'HP-ROPE-10', distributorIds: ['NL-2210'] }, lineNumber: '1' }],
  };

  const questions = [
    ['priceAndAvailabilityRequest', quotationAsked, { storeId: '10151', orderId: '12011' }],
    ['shoppingCartTransferRequest', transferAsked, { storeId: '10151' }],
    ['batchAvailabilityRequest', batchAsked, { storeId: '10151' }],
  ] as const;

  it.each(questions)('is composed from its event as the sample has it, but for what proves who asks: %s', (name, data, more) => {
    const draft = pack.compose({ name, version: '1.0' }, { ...data, ...more }, context);
    const unproven = squeezed(sampleOf(name))
      .replace(/<!--.*-->/s, '')
      .replace(/<userId>.*<\/password>/, '')
      .replace('<Credentials></Credentials>', '');
    expect(squeezed(textOf(draft)).replace(/\?>\s*/, '?>')).toBe(unproven.replace(/\?>\s*/, '?>'));
    expect(draft).toMatchObject({ type: name, contentType: 'application/xml; charset=utf-8' });
  });

  it.each(questions)('can be read where a distributor is played, and says who asks: %s', (name, data) => {
    const { type, read } = readBody(sampleOf(name));
    expect(type).toEqual({ name, version: '1.0' });
    expect(read.credentials).toEqual({ logonId: 'harbourpine', password: 'shearwater-5' });
    expect(read.input).toEqual(data);
  });

  it('has no version, and is recognised by its root alone', () => {
    const recognised = (body: string) => pack.recognise(messageOf(body), chosen());
    expect(recognised('<batchAvailabilityRequest/>')).toEqual({ name: 'batchAvailabilityRequest', version: '1.0' });
    expect(recognised('<BatchAvailabilityRequest/>')).toBeUndefined();
  });

  it('tells by which attributes the customer has chosen, and what was agreed', () => {
    const attributes = [{ value: 'antique', operator: '=', name: 'finish', unit: 'C62', encrypted: false }];
    const lines = quotationAsked.lines.map((line) => ({ ...line, attributes }));
    const text = textOf(pack.compose({ name: 'priceAndAvailabilityRequest', version: '1.0' }, { ...quotationAsked, lines }, context));
    expect(readBody(text).read.input).toEqual({ ...quotationAsked, lines });
  });

  it('tells a distributor with the order what it has quoted, in a currency or in that of the account', () => {
    const lines = transferAsked.lines.map((line) => ({
      ...line,
      listPrice: { amount: '69.00', currency: 'CAD' },
      sellingPrice: { amount: '57.25' },
      description: 'Lamp & "shade"',
    }));
    const text = textOf(pack.compose({ name: 'shoppingCartTransferRequest', version: '1.0' }, { ...transferAsked, lines }, context));
    expect(readBody(text).read.input).toEqual({ ...transferAsked, lines });
  });

  it.each([
    ['nothing', { ...batchAsked, lines: [] }, 'WB_XML_MISSING_ELEMENT'],
    ['nobody', { ...batchAsked, distributorId: undefined }, 'WB_XML_MISSING_ELEMENT'],
    ['something that it has no place for', { ...batchAsked, urgent: true }, 'WB_XML_BAD_VALUE'],
  ])('is refused where it asks for %s', (_title, data, code) => {
    expect(() => pack.compose({ name: 'batchAvailabilityRequest', version: '1.0' }, data, context)).toThrow(
      expect.objectContaining({ code, retryable: false }),
    );
  });
});
