import { statusOf } from '@waybill/cxml';
import { describe, expect, it } from 'vitest';
import { definePunchout } from '../../src/index.ts';
import { HttpBrowser } from './http-browser.ts';
import { documentIn, press, startService } from './service-of-tests.ts';
import { setUpOf } from './set-up-of-tests.ts';
import { lineOf } from './small-store.ts';

type Started = Awaited<ReturnType<typeof startService>>;

async function statusFor({ service }: Started, input: Parameters<typeof setUpOf>[0], buyer = 'larkfield') {
  const refusal: unknown = await service.setUp(setUpOf(input), { buyer }).then(
    () => undefined,
    (error: unknown) => error,
  );
  return refusal === undefined ? undefined : statusOf(refusal as never);
}

describe('a set-up', () => {
  it.each([
    ['no https', 'http://buy.larkfield.example/back'],
    ['a script', 'javascript:alert(document.domain)'],
    ['a host that begins as the right one', 'https://buy.larkfield.example.evil.example/back'],
    ['a host of another buyer', 'https://req.fennel.example/back'],
    ['a user in it', 'https://buy.larkfield.example@evil.example/'],
    ['nothing in it', ''],
  ])('whose return address has %s is refused with 400 before there is an account or a session', async (_, returnAddress) => {
    const started = await startService();
    expect((await statusFor(started, { returnAddress }))?.code).toBe(400);
    expect([started.storefront.users.size, started.storefront.opened.length]).toEqual([0, 0]);
  });

  it('without a return address is refused, unless it is for looking', async () => {
    const started = await startService();
    const { returnAddress: _, ...input } = setUpOf();
    await expect(started.service.setUp(input, { buyer: 'larkfield' })).rejects.toMatchObject({ code: 'WB_CXML_BAD_REQUEST' });
    const looking = { ...input, operation: 'inspect' as const, lines: [lineOf('BRG-6204')] };
    const { startPage } = await started.service.setUp(looking, { buyer: 'larkfield' });
    const browser = new HttpBrowser();
    const left = await press(browser, await browser.open(startPage), 'leave');
    expect(left.text).toContain('You can close this window');
  });

  it.each(['edit', 'inspect'] as const)(
    'to %s without lines is refused with 412: an empty cart would delete those of the buyer',
    async (operation) => {
      const started = await startService();
      expect((await statusFor(started, { operation }))?.code).toBe(412);
      expect(started.storefront.opened).toEqual([]);
    },
  );

  it('to edit lines of no session is refused with 412 and names the auxiliary id', async () => {
    const started = await startService();
    const status = await statusFor(started, { operation: 'edit', lines: [{ ...lineOf('BRG-6204'), auxiliaryId: 'gone-17' }] });
    expect(status).toMatchObject({ code: 412 });
    expect(status?.detail ?? status?.text).toContain('gone-17');
    expect([started.storefront.users.size, started.storefront.opened.length]).toEqual([0, 0]);
  });

  it('to edit is refused when one of the lines is of no session, or has no id', async () => {
    const started = await startService();
    const browser = new HttpBrowser();
    const { startPage } = await started.service.setUp(setUpOf(), { buyer: 'larkfield' });
    const page = await browser.open(new URL('add?part=BRG-6204', (await browser.open(startPage)).url).href);
    const [line] = documentIn(await press(browser, page, 'return')).input.lines;
    const known = { ...lineOf('BRG-6204'), auxiliaryId: line?.auxiliaryId ?? '' };
    expect(await statusFor(started, { operation: 'edit', lines: [known] })).toBeUndefined();
    expect((await statusFor(started, { operation: 'edit', lines: [known, lineOf('GLV-300-L')] }))?.code).toBe(412);
    const returnAddress = 'https://req.fennel.example/back';
    expect(await statusFor(started, { operation: 'edit', lines: [known], returnAddress }, 'fennel'), 'opens by profile').toBeUndefined();
    expect(await started.sessions.sessionsOf('fennel', [known.auxiliaryId])).toEqual(new Map());
  });

  it('to edit unknown lines opens a session with these lines, where the profile says so', async () => {
    const { service, storefront } = await startService();
    const lines = [{ ...lineOf('BRG-6204', '20'), auxiliaryId: 'gone-17' }, lineOf('GLV-300-L', '2')];
    const input = setUpOf({ operation: 'edit', lines, returnAddress: 'https://req.fennel.example/back' });
    const { startPage } = await service.setUp(input, { buyer: 'fennel' });
    const browser = new HttpBrowser();
    const page = await press(browser, await browser.open(startPage));
    const back = documentIn(await press(browser, page, 'return')).input.lines;
    expect(back).toMatchObject([
      { partId: 'BRG-6204', auxiliaryId: 'gone-17', quantity: '20' },
      { partId: 'GLV-300-L', quantity: '2' },
    ]);
    expect(storefront.opened).toHaveLength(1);
  });

  it('finds the account of the same person again, and makes another one for the same id of another buyer', async () => {
    const { service, storefront } = await startService();
    await service.setUp(setUpOf(), { buyer: 'larkfield' });
    await service.setUp(setUpOf(), { buyer: 'larkfield' });
    await service.setUp(setUpOf({ returnAddress: 'https://req.fennel.example/back' }), { buyer: 'fennel' });
    expect([...storefront.users.keys()]).toEqual(['["larkfield","jdoe"]', '["fennel","jdoe"]']);
    expect(JSON.stringify([...storefront.users.values()])).not.toMatch(/password|secret/i);
  });

  it('shows first what the buyer has selected', async () => {
    const { service } = await startService();
    const { startPage } = await service.setUp(setUpOf({ selected: { partId: 'A/B 1' } }), { buyer: 'larkfield' });
    expect((await new HttpBrowser().open(startPage)).text).toContain('/product/A%2FB%201');
  });

  it('is for a buyer that the partners know', async () => {
    const { service } = await startService();
    await expect(service.setUp(setUpOf(), { buyer: 'nobody' })).rejects.toMatchObject({
      code: 'WB_PUNCHOUT_UNKNOWN_BUYER',
      kind: 'forbidden',
    });
  });
});

describe('the definition of the service', () => {
  it.each([
    [{ url: 'shop.example' }],
    [{ url: 'ftp://shop.example/' }],
    [{ url: 'https://shop.example/?a=b' }],
    [{ times: { start: 3_601 } }],
    [{ times: { session: 0 } }],
  ])('is refused when it is %j', async (wrong) => {
    const { sessions, storefront } = await startService();
    const spec = { url: 'https://shop.example/punchout', partners: {} as never, sessions, storefront };
    expect(() => definePunchout({ ...spec, ...wrong })).toThrow(expect.objectContaining({ code: 'WB_PUNCHOUT_WRONG' }));
  });
});
