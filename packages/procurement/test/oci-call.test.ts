import { array, assert, property, stringMatching, tuple, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Buyer, definePartners, type OciCall, ociCallOf, readOciForm } from '../src/index.ts';
import { partnersSpec } from './partners-of-tests.ts';

const partners = definePartners(partnersSpec);
const buyers = { mill: await partners.buyer('mill'), weir: await partners.buyer('weir') } as { readonly mill: Buyer; readonly weir: Buyer };

const hook = `HOOK_URL=${encodeURIComponent('https://srm.mill.example/back?c=1')}`;
const call = (body: string | Uint8Array, buyer = buyers.mill, contentType?: string): OciCall =>
  ociCallOf(readOciForm(body, contentType), buyer);

describe('an OCI call', () => {
  it('has names in any case, and values as they were sent', () => {
    const body = `username=mill-oci&hook_url=${encodeURIComponent('https://srm.mill.example/back')}&~okcode=ADDI&~Target=_parent&~caller=CTLG&oci_version=5.0&function=validate&productid=Ab-1&quantity=20`;
    expect(call(body)).toMatchObject({
      function: 'VALIDATE',
      productId: 'Ab-1',
      quantity: '20',
      target: '_parent',
      okCode: 'ADDI',
      caller: 'CTLG',
      version: '5.0',
    });
  });

  it('without function shops, in the top window where it names none', () => {
    expect(call(hook)).toMatchObject({ function: 'SHOP', target: '_top', okCode: 'ADDI', caller: 'CTLG', charset: 'ISO-8859-1' });
  });

  it('goes back into the window that it names, unless that can be none', () => {
    expect(
      [call(`${hook}&returntarget=_parent`), call(`${hook}&~TARGET=_top&returntarget=_parent`), call(`${hook}&~TARGET=%22%3E%3Cb%3E`)].map(
        ({ target }) => target,
      ),
    ).toEqual(['_parent', '_top', '_top']);
  });

  it('is read in ISO-8859-1 where it says nothing', () => {
    expect(call(Buffer.from(`${hook}&FUNCTION=BACKGROUND_SEARCH&SEARCHSTRING=K%FChl\xf6l+%80`, 'latin1')).searchString).toBe('Kühlöl €');
  });

  it('is read in the encoding that it names, before the one of its content type', () => {
    const search = `${hook}&FUNCTION=SOURCING&SEARCHSTRING=K%C3%BChl`;
    expect(call(`${search}&HTTP_Content_Charset=utf-8`).searchString).toBe('Kühl');
    expect(call(search, buyers.mill, 'application/x-www-form-urlencoded; charset="UTF-8"').searchString).toBe('Kühl');
    expect(call(`${search}&http_content_charset=iso-8859-1`, buyers.mill, 'text/plain; charset=utf-8').searchString).toBe('KÃ¼hl');
  });

  it('gives its further fields to the application, but neither user nor password', () => {
    expect(call(`${hook}&USERNAME=mill-oci&PASSWORD=x&COSTCENTER=C1&BYPASS_OUTB_HANDLER=X&http_content_charset=UTF-8`).parameters).toEqual({
      COSTCENTER: 'C1',
    });
  });

  it('has the names that its buyer has chosen', () => {
    const { hook: back, parameters } = call(
      `BACK_TO=${encodeURIComponent('https://weir.example/x')}&KEY=k&login=weir&HOOK_URL=1`,
      buyers.weir,
    );
    expect([back?.action, parameters]).toEqual(['https://weir.example/x', { HOOK_URL: '1' }]);
  });

  it.each([
    ['its function is not known', `${hook}&FUNCTION=DOWNLOADJSON`, 'WB_OCI_UNKNOWN_FUNCTION'],
    ['its function is one that every object has', `${hook}&FUNCTION=constructor`, 'WB_OCI_UNKNOWN_FUNCTION'],
    ['it has no return address', 'FUNCTION=', 'WB_OCI_BAD_CALL'],
    ['it validates nothing', `${hook}&FUNCTION=VALIDATE`, 'WB_OCI_BAD_CALL'],
    ['it validates none of something', `${hook}&FUNCTION=VALIDATE&PRODUCTID=1&QUANTITY=0`, 'WB_OCI_BAD_CALL'],
    ['it validates a quantity with a comma', `${hook}&FUNCTION=VALIDATE&PRODUCTID=1&QUANTITY=1%2C5`, 'WB_OCI_BAD_CALL'],
    ['its encoding is not known', `${hook}&http_content_charset=klingon`, 'WB_OCI_BAD_CALL'],
    ['its return address is of somebody else', 'HOOK_URL=https%3A%2F%2Fevil.example%2F', 'WB_PARTNERS_BAD_RETURN_ADDRESS'],
    ['its return address is a script', 'HOOK_URL=javascript%3Aalert(1)', 'WB_PARTNERS_BAD_RETURN_ADDRESS'],
  ])('is refused when %s', (_what, body, code) => {
    expect(() => call(body)).toThrow(expect.objectContaining({ code }));
  });

  it('that shows a product needs no return address', () => {
    expect(call('FUNCTION=DETAIL&PRODUCTID=Q-1')).toMatchObject({ function: 'DETAIL', productId: 'Q-1' });
  });
});

describe('the return address of an OCI call', () => {
  const hookOf = (address: string) => call(`HOOK_URL=${encodeURIComponent(address)}`).hook;

  it('is parted into action and fields, decoded once and in their order', () => {
    expect(hookOf('https://srm.mill.example/a;x=1?client=100&t=a%2526b&t=c+d&e=&p=Zm9v%3D%3D&=v&alone#top')).toEqual({
      action: 'https://srm.mill.example/a;x=1',
      fields: [
        ['client', '100'],
        ['t', 'a%26b'],
        ['t', 'c d'],
        ['e', ''],
        ['p', 'Zm9v=='],
        ['', 'v'],
        ['alone', ''],
      ],
    });
  });

  it('has no fields without a query, and keeps a percent sign that begins no byte', () => {
    expect(hookOf('https://srm.mill.example/a#x?y=1')).toEqual({ action: 'https://srm.mill.example/a', fields: [] });
    expect(hookOf('https://srm.mill.example/a?b=50%&c=%zz')?.fields).toEqual([
      ['b', '50%'],
      ['c', '%zz'],
    ]);
  });

  it('gives the fields back that a browser would send with it', () => {
    const name = stringMatching(/^[a-z]{1,8}$/);
    assert(
      property(array(tuple(name, stringMatching(/^[ -~]{0,20}$/)), { minLength: 1, maxLength: 10 }), (fields) => {
        const query = new URLSearchParams(fields.map(([key, value]) => [key, value] as [string, string])).toString();
        expect(hookOf(`https://srm.mill.example/a?${query}`)?.fields).toEqual(fields);
      }),
    );
  });
});

describe('a hostile form', () => {
  it('with too many fields is refused', () => {
    expect(() => readOciForm(Array.from({ length: 10_000 }, (_, n) => `f${n}=1`).join('&'))).toThrow(
      expect.objectContaining({ code: 'WB_OCI_BAD_CALL' }),
    );
  });

  it('of 10 MB is refused before it is read', () => {
    expect(() => readOciForm(new Uint8Array(10_485_760).fill(0x25))).toThrow(/10485760 bytes/);
  });

  it('of one huge field is read', () => {
    const form = readOciForm(`A=${'%'.repeat(500_000)}`);
    expect(form.get('a')?.length).toBe(500_000);
  });

  it('of any bytes is read or refused', () => {
    assert(
      property(uint8Array({ maxLength: 300 }), (bytes) => {
        expect(readOciForm(bytes).fields.every(([name, value]) => typeof name === 'string' && typeof value === 'string')).toBe(true);
      }),
    );
  });

  it('cannot change what objects have', () => {
    const { parameters } = call(`${hook}&__proto__=x&constructor=y`);
    expect(Object.keys(parameters)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});
