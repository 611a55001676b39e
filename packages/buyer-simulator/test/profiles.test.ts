import { readDocument } from '@waybill/cxml';
import { describe, expect, it } from 'vitest';
import { profiles } from '../src/index.ts';
import { line, postCart, secret, startBoth } from './stub-shop.ts';

const cxml = profiles.filter(({ protocol }) => protocol === 'cxml').map(({ name }) => name);

async function setupOf(profile: (typeof profiles)[number]['name'], given: string | undefined = secret): Promise<string> {
  const { buyer, shop } = await startBoth({ profile, secret: given });
  await buyer.shop({ selected: 'ROPE-8' });
  return shop.texts[0] ?? '';
}

describe.each(cxml)('the setup request of %s', (profile) => {
  it('can be read, names the two, and has what a shop needs', async () => {
    const { type, input, parties, secret: said, test } = readDocument(await setupOf(profile));
    expect(type).toBe('PunchOutSetupRequest');
    expect([said, test]).toEqual([secret, true]);
    expect(parties?.from[0]?.identity).toMatch(/^AN11000000123(?:-T)?$/);
    expect(parties?.to.at(-1)?.identity).toMatch(/^AN11000000321(?:-T)?$/);
    expect(input).toMatchObject({ operation: 'create', selected: { partId: 'ROPE-8' }, cookie: expect.stringMatching(/^R1\..{12}$/) });
    expect((input as { returnAddress: string }).returnAddress).toMatch(/\/cart\?requisition=R1&site=7$/);
  });
});

describe('what is odd about a procurement system', () => {
  it('at Ariba is a hub that speaks for it, several names of the supplier, and -T', async () => {
    const { parties } = readDocument(await setupOf('ariba'));
    expect(parties?.sender).toEqual({ domain: 'AribaNetworkUserId', identity: 'sysadmin@ariba.com' });
    expect(parties?.from).toEqual([{ domain: 'NetworkID', identity: 'AN11000000123-T' }]);
    expect(parties?.to).toHaveLength(2);
  });

  it('at Coupa is the order of elements, its times, and the word none', async () => {
    const text = await setupOf('coupa', '');
    expect(text.indexOf('<Contact ')).toBeLessThan(text.indexOf('<BrowserFormPost>'));
    expect(text).toMatch(/timestamp="[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d -0500 \d{4}"/);
    expect(text).toContain('cXML/1.2.014/cXML.dtd');
    const { buyer, shop } = await startBoth({ profile: 'coupa', secret: undefined });
    await buyer.shop();
    expect(readDocument(shop.texts[0] ?? '').secret).toBe('none');
  });

  it('at Coupa is an order without a secret', async () => {
    const { buyer, shop } = await startBoth({ profile: 'coupa' });
    const { id } = await buyer.shop();
    await postCart(buyer, id, { lines: [line('ROPE-8')] });
    await buyer.order(id);
    expect(shop.documents().map(({ secret: said }) => said)).toEqual([secret, undefined]);
  });

  it('at Oracle are times without offset', async () => {
    expect(await setupOf('oracle')).toMatch(/timestamp="\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"/);
  });

  it('at small systems is a missing DOCTYPE, and the time as payload id', async () => {
    const text = await setupOf('bare');
    expect(text).not.toContain('DOCTYPE');
    const { payloadId, timestamp } = readDocument(text);
    expect(payloadId).toBe(timestamp);
  });

  it('is that some do not go back to the shop', async () => {
    const { buyer } = await startBoth({ profile: 'workday' });
    const { id } = await buyer.shop();
    await postCart(buyer, id);
    await expect(buyer.shopAgain(id, 'edit')).rejects.toThrow('The profile workday has no edit.');
  });
});

describe('a secret', () => {
  it('is shown nowhere', async () => {
    const { buyer } = await startBoth();
    const { id } = await buyer.shop();
    await postCart(buyer, id);
    await buyer.order(id);
    expect(buyer.documents()).toHaveLength(3);
    expect(JSON.stringify([buyer.documents(), buyer.requisitions()])).not.toContain(secret);
    for (const path of ['', `requisitions/${id}`, 'exchanges/1', 'exchanges/3'])
      expect(await (await fetch(buyer.url + path)).text()).not.toContain(secret);
  });
});
