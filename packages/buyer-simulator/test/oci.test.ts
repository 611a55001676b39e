import { describe, expect, it } from 'vitest';
import { formFields, ociCartOf } from '../src/documents/oci-return.ts';
import { outcomes, secret, startBoth } from './stub-shop.ts';

const post = (url: string, body: string) =>
  fetch(`${url}cart`, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body });

const item = (fields: Readonly<Record<string, string>>) =>
  Object.entries({ DESCRIPTION: 'Rope', QUANTITY: '2', UNIT: 'EA', ...fields }).map(([name, value]) => ({
    name: `NEW_ITEM-${name}[1]`,
    value,
  }));

describe('a call of OCI', () => {
  it('is a form with logon and return address, which is shown with its password masked', async () => {
    const { buyer } = await startBoth({ profile: 'sap-srm', shop: 'https://shop.test/oci' });
    const { id } = await buyer.shop();
    const page = await (await fetch(`${buyer.url}call/${id}`)).text();
    expect(page).toContain('<form data-submit method="get" action="https://shop.test/oci" accept-charset="iso-8859-1">');
    for (const text of ['name="PASSWORD" value="example-secret-a"', 'name="~OkCode" value="ADDI"', 'name="OCI_VERSION" value="4.0"'])
      expect(page).toContain(text);
    expect(page).toMatch(/name="HOOK_URL" value="http:\/\/127\.0\.0\.1:\d+\/cart\?requisition=R1&amp;site=7"/);
    expect(buyer.documents()[0]).toMatchObject({ what: 'OCI call', by: 'browser', direction: 'sent' });
    expect(JSON.stringify(buyer.documents())).not.toContain(secret);
  });

  it('brings a cart back whose fields are read in the encoding of the call', async () => {
    const { buyer } = await startBoth({ profile: 'sap-srm', shop: 'https://shop.test/oci' });
    const { id } = await buyer.shop();
    const fields = 'NEW_ITEM-DESCRIPTION%5B1%5D=K%FChl%F6l&NEW_ITEM-QUANTITY%5B1%5D=3&NEW_ITEM-UNIT%5B1%5D=EA&NEW_ITEM-PRICE%5B1%5D=4.9';
    const more =
      '&NEW_ITEM-PRICEUNIT%5B1%5D=10&NEW_ITEM-CURRENCY%5B1%5D=EUR&NEW_ITEM-VENDORMAT%5B1%5D=OIL+1&NEW_ITEM-LONGTEXT_1%3A132%5B%5D=long';
    await post(buyer.url, `requisition=${id}&site=7&%7EOkCode=ADDI&${fields}${more}`);
    const { lines, total } = buyer.requisition(id);
    expect(lines).toEqual([
      {
        number: 1,
        quantity: '3',
        partId: 'OIL 1',
        shortName: 'Kühlöl',
        description: 'long',
        unit: 'EA',
        price: { amount: '4.9', currency: 'EUR' },
        priceBasis: { quantity: '10', unit: 'EA', conversion: '1' },
      },
    ]);
    expect(total).toEqual({ amount: '1.47', currency: 'EUR' });
    expect(outcomes(buyer, id)).toEqual(['taken']);
  });

  it('has no orders', async () => {
    const { buyer } = await startBoth({ profile: 's4hana', shop: 'https://shop.test/oci' });
    const { id } = await buyer.shop();
    await post(buyer.url, `requisition=${id}&NEW_ITEM-DESCRIPTION%5B1%5D=a&NEW_ITEM-QUANTITY%5B1%5D=1&NEW_ITEM-UNIT%5B1%5D=EA`);
    await expect(buyer.order(id)).rejects.toThrow('OCI has no orders.');
  });
});

describe('a line that a procurement system would drop or cut without a word', () => {
  it.each([
    [{ QUANTITY: '1,5' }, 'QUANTITY "1,5" is no number'],
    [{ QUANTITY: '' }, 'There is no QUANTITY'],
    [{ PRICE: ' 4.25', CURRENCY: 'EUR' }, 'PRICE " 4.25" is no number'],
    [{ PRICE: '1e3', CURRENCY: 'EUR' }, 'PRICE "1e3" is no number'],
    [{ PRICE: '4.25' }, 'PRICE without a CURRENCY'],
    [{ UNIT: '' }, 'There is no UNIT'],
    [{ UNIT: 'EACH' }, 'UNIT is longer than 3'],
    [{ DESCRIPTION: 'x'.repeat(41) }, 'DESCRIPTION is longer than 40'],
    [{ DESCRIPTION: '' }, 'There is neither DESCRIPTION nor MATNR'],
  ] as const)('is told: %j', (fields, note) => {
    const { notes } = ociCartOf(item(fields));
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain(note);
  });

  it('is not told of a sound one', () => {
    expect(ociCartOf(item({ PRICE: '4.25', CURRENCY: 'EUR' })).notes).toEqual([]);
  });

  it('is told where a long text names no line', () => {
    expect(ociCartOf([...item({}), { name: 'NEW_ITEM-LONGTEXT:132[1]', value: 'x' }]).notes).toEqual([
      'NEW_ITEM-LONGTEXT:132[1] names no line.',
    ]);
  });
});

describe('a form', () => {
  it('is read as it was sent', () => {
    expect(formFields(Buffer.from('a=%C3%BC+b%2B&&c&d=%zz'), 'utf-8')).toEqual([
      { name: 'a', value: 'ü b+' },
      { name: '', value: '' },
      { name: 'c', value: '' },
      { name: 'd', value: '%zz' },
    ]);
  });
});
