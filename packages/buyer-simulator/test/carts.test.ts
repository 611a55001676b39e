import { describe, expect, it } from 'vitest';
import { line, outcomes, postCart, startBoth } from './stub-shop.ts';

describe('a cart that comes back', () => {
  it.each(['cxml-urlencoded', 'cxml-base64'] as const)('is taken from a form of %s', async (form) => {
    const { buyer } = await startBoth();
    const { id } = await buyer.shop();
    const odd = { ...line('ODD'), description: '"><script>&amp; Öfen 漢字' };
    const { status, text } = await postCart(buyer, id, { form, lines: [odd, line('ROPE-8', '3')] });
    expect(status).toBe(200);
    expect(text).toContain('Cart received');
    expect(buyer.requisition(id).lines.map(({ description, quantity }) => [description, quantity])).toEqual([
      ['"><script>&amp; Öfen 漢字', '2'],
      ['Part ROPE-8', '3'],
    ]);
    expect(buyer.carts()[0]).toMatchObject({ outcome: 'taken', form, withSession: false });
  });

  it('says whether the browser brought the session of the buyer', async () => {
    const { buyer } = await startBoth();
    const { id } = await buyer.shop();
    const set = (await fetch(buyer.url)).headers.get('set-cookie') ?? '';
    expect(set).toMatch(/^buyer-session=[\w-]{22}; Path=\/; HttpOnly$/);
    await postCart(buyer, id, { headers: { Cookie: set.split(';')[0] ?? '' } });
    expect(buyer.carts()[0]).toMatchObject({ outcome: 'taken', withSession: true, notes: [] });
  });

  it('is taken once, however often it comes', async () => {
    const { buyer } = await startBoth();
    const { id } = await buyer.shop();
    await postCart(buyer, id);
    await postCart(buyer, id);
    await postCart(buyer, id, { lines: [line('OTHER')] });
    expect(outcomes(buyer, id)).toEqual(['taken', 'again', 'again']);
    expect(buyer.requisition(id).posts.map(({ notes }) => notes.at(-1))).toEqual([
      'It came without the session cookie of the buyer.',
      'The same document as before.',
      'Another text under the same payload id.',
    ]);
    expect(buyer.requisition(id).lines.map(({ partId }) => partId)).toEqual(['ROPE-8']);
  });

  it('whose total is not what its lines make is taken, and says so', async () => {
    const { buyer } = await startBoth();
    const { id } = await buyer.shop();
    await postCart(buyer, id, { lines: [line('ROPE-8'), line('OIL', '3', '0.3333')] });
    expect(buyer.carts()[0]?.notes).toContain('The total is 8.50, and its lines make 9.4999.');
    buyer.setQuantity(id, 1, '0');
    buyer.setQuantity(id, 0, '3');
    expect(buyer.requisition(id).total).toEqual({ amount: '12.75', currency: 'USD' });
  });

  it('is refused where nobody knows its cookie, or it is none', async () => {
    const { buyer } = await startBoth();
    const { id } = await buyer.shop();
    const post = (body: string, type = 'application/x-www-form-urlencoded') =>
      fetch(`${buyer.url}cart`, { method: 'POST', headers: { 'Content-Type': type }, body });
    expect((await post('cxml-urlencoded=%3CcXML')).status).toBe(400);
    expect((await post('something', 'text/plain')).status).toBe(400);
    expect((await post('a=b')).status).toBe(400);
    expect(outcomes(buyer, id)).toEqual([]);
    expect(buyer.documents().map(({ problem = '' }) => problem === '')).toEqual([true, false, false, false]);
  });
});

describe('a cart without lines', () => {
  it('deletes the lines of an edit, and changes nothing with status 204', async () => {
    const { buyer } = await startBoth();
    const { id } = await buyer.shop();
    await postCart(buyer, id);
    await buyer.shopAgain(id, 'edit');
    await postCart(buyer, id, { lines: [], status: 204 });
    expect(buyer.requisition(id).lines).toHaveLength(1);
    await buyer.shopAgain(id, 'inspect');
    await postCart(buyer, id, { lines: [] });
    expect(buyer.requisition(id).lines).toHaveLength(1);
    await buyer.shopAgain(id, 'edit');
    await postCart(buyer, id, { lines: [] });
    expect(buyer.requisition(id).lines).toEqual([]);
    expect(outcomes(buyer, id)).toEqual(['taken', 'unchanged', 'unchanged', 'emptied']);
  });

  it('adds nothing to a new requisition', async () => {
    const { buyer } = await startBoth();
    const { id } = await buyer.shop();
    await postCart(buyer, id, { lines: [] });
    expect(outcomes(buyer, id)).toEqual(['unchanged']);
  });
});

describe('a cart of an earlier session', () => {
  it.each([
    ['ariba', 'refused', 'Token expired: it is of an earlier session.'],
    ['generic', 'taken', 'It is of an earlier session.'],
  ] as const)('at %s is %s', async (profile, outcome, note) => {
    const { buyer } = await startBoth({ profile });
    const { id, session } = await buyer.shop();
    await postCart(buyer, id);
    await buyer.shopAgain(id, 'edit');
    await postCart(buyer, id, { cookie: session.cookie });
    const last = buyer.requisition(id).posts.at(-1);
    expect(last?.outcome).toBe(outcome);
    expect(last?.notes).toContain(note);
  });
});
