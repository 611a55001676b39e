import { describe, expect, it } from 'vitest';
import { finish, legOf, messageOf, park, type Ran, Stage, sample } from './stage.ts';

const customer = sample('Create_WCS_Customer.xml');

/** What stands in the customer message and nobody may see without being recorded. */
const persons = ['kestrel-4410', 'Lantern22', 'Gull Point', 'Okonkwo', 'Signal Hill', '555-0118', 'portmerrin.example', 'AST'];

async function withCustomer(): Promise<Stage> {
  const stage = await Stage.make();
  const facts = { type: 'Create_WCS_Customer@3.0', businessKeys: { logon: 'tokonkwo', name: ['Okonkwo', 'x'] } };
  await stage.journal((journal) => park(journal, 'c-1', { body: customer, facts }));
  return stage;
}

const found = ({ out }: Ran) => persons.filter((text) => out.includes(text));

describe('a message that is shown', () => {
  it('has its facts, its failed attempts, and what it means', async () => {
    const { code, out } = await (await withCustomer()).waybill('messages', 'show', 'c-1');
    expect(code).toBe(0);
    expect(out).toMatch(/^in orders c-1\n {2}state +parked: WB_COMMAND_FAILED no such order\n {2}type +Create_WCS_Customer@3.0\n/);
    expect(out).toMatch(/attempts that failed\n {2}\S+Z {2}WB_COMMAND_FAILED {2}invalid {2}no such order\n/);
    expect(out).toMatch(/ {2}failed +3 times\n/);
    expect(out).toMatch(/"command": "customer.register"/);
    expect(out).toMatch(/"logonId": "tokonkwo"/);
  });

  it('shows nothing that is secret or personal, as text and as JSON', async () => {
    const stage = await withCustomer();
    const shown = [await stage.waybill('messages', 'show', 'c-1'), await stage.waybill('messages', 'show', 'c-1', '--json')];
    expect(shown.map(found)).toEqual([[], []]);
    expect(JSON.parse(shown[1]?.out ?? '')).toMatchObject({
      masked: true,
      businessKeys: { logon: 'tokonkwo', name: ['***', 'x'] },
      message: { bytes: customer.byteLength, properties: { 'file-name': '***' } },
    });
    expect(await stage.lines('messages', 'records')).toEqual([]);
  });

  it('is revealed to whoever says so, and that is recorded', async () => {
    const stage = await withCustomer();
    const shown = await stage.json('messages', 'show', 'c-1', '--reveal', '--why', 'a complaint');
    expect(shown).toMatchObject({
      masked: false,
      message: { body: new TextDecoder().decode(customer), properties: { 'file-name': 'c-1.xml' } },
      meaning: { input: { password: 'Lantern22' } },
    });
    const records = await stage.lines('messages', 'records');
    expect(records).toMatchObject([{ did: 'reveal', by: { who: 'anna', why: 'a complaint' }, entry: 'orders', ids: ['c-1'] }]);
  });

  it('hides addresses of recipients', async () => {
    const stage = await Stage.make();
    await stage.journal(async ({ outbox }) => {
      await outbox.publish([legOf('l-1')]);
      const [job] = (await outbox.claim({ entry: 'erp', limit: 1 })).jobs;
      const recipients = [
        { address: 'tobe@portmerrin.example', outcome: 'sent' as const },
        { address: 'ana@portmerrin.example', outcome: 'refused' as const, detail: '550 <ana@Portmerrin.example> is gone' },
      ];
      const ending = { outcome: 'sent' as const, archive: false, recipients, detail: 'mail to tobe@portmerrin.example' };
      if (job) await outbox.settle({ entry: 'erp', id: 'l-1', token: job.token, ending });
      const news = { about: 'l-1', recipient: 'tobe@PORTMERRIN.example', detail: '5.1.1 no tobe@portmerrin.example' };
      await outbox.report({ ...news, id: 'report-1', kind: 'bounced', permanent: true });
      await outbox.report({ ...news, id: 'report-2', kind: 'delayed' });
    });
    const shown = await stage.waybill('messages', 'show', 'l-1');
    const text = /recipients\n {2}\*\*\* {2}bounced \(hard\) {2}5.1.1 no \*\*\*\n {2}\*\*\* {2}refused {2}550 <\*\*\*> is gone\n/;
    expect([found(shown), shown.out.match(/portmerrin/i), shown.out]).toEqual([[], null, expect.stringMatching(text)]);
    const shownAsJson = await stage.waybill('messages', 'show', 'l-1', '--json');
    expect([shownAsJson.out.match(/portmerrin/i), JSON.parse(shownAsJson.out)]).toMatchObject([
      null,
      { recipientStates: [{ address: '***', stage: 'bounced', permanent: true, also: [] }, { stage: 'refused' }] },
    ]);
    const traced = await stage.waybill('messages', 'trace', 'l-1');
    expect([traced.out.match(/portmerrin/i), traced.out]).toEqual([
      null,
      expect.stringContaining('recipients: 1 × bounced (hard); 1 × refused\n'),
    ]);
    const tracedAsJson = await stage.waybill('messages', 'trace', 'l-1', '--json');
    expect([tracedAsJson.out.match(/portmerrin/i), JSON.parse(tracedAsJson.out)]).toMatchObject([
      null,
      { messages: [{ recipientStates: [{ stage: 'bounced', permanent: true }, { stage: 'refused' }] }] },
    ]);
    expect(found(await stage.waybill('messages', 'show', 'l-1', '--reveal'))).toEqual(['portmerrin.example']);
  });

  it('hides what tells of a person in the event of a leg that could not be composed', async () => {
    const stage = await Stage.make();
    const data = { orderId: '12007', billTo: { name: { lastName: 'Okonkwo' } }, bogus: 1 };
    const uncomposed = { code: 'WB_PACK_FAILED', kind: 'invalid', reason: 'too long' } as const;
    await stage.journal(({ outbox }) =>
      outbox.publish([legOf('l-1', { message: messageOf('l-1', JSON.stringify(data)), uncomposed, businessKeys: { name: 'Okonkwo' } })]),
    );
    const shown = await stage.waybill('messages', 'show', 'l-1');
    expect(shown.out).toContain('"event": "order.created"');
    expect(shown.out).toContain('"orderId": "12007"');
    expect(found(shown)).toEqual([]);
  });

  it('whose meaning nobody can tell says so, and shows no body', async () => {
    const stage = await Stage.make();
    await stage.journal(async (journal) => {
      await park(journal, 'unknown', { body: '<Okonkwo/>' });
      await park(journal, 'broken', { body: '<Create_WCS_Customer version="3.0"><Okonkwo/></Create_WCS_Customer>' });
      await finish(journal, 'done');
    });
    const shown = await Promise.all(['unknown', 'broken', 'done'].map((id) => stage.waybill('messages', 'show', id)));
    expect(shown.flatMap(found)).toEqual([]);
    expect(shown.map(({ out }) => /^meaning .*$/m.exec(out)?.[0])).toEqual([
      'meaning  none: no message pack of the manifest knows it.',
      expect.stringMatching(/^meaning {2}none: it cannot be read \(WB_XML_\w+\)\.$/),
      'meaning  none: the journal has no body of it.',
    ]);
  });
});

describe('the body of a message', () => {
  it('is written as it is to whoever reveals it', async () => {
    const stage = await Stage.make();
    const body = Uint8Array.from({ length: 256 }, (_, value) => value);
    await stage.journal((journal) => park(journal, 'm-1', { body }));
    const { code, out, bytes } = await stage.waybill('messages', 'show', 'm-1', '--body', '--reveal');
    expect([code, out, [...bytes]]).toEqual([0, '', [...body]]);
    expect(await stage.lines('messages', 'records')).toMatchObject([{ did: 'reveal' }]);
    expect(await stage.json('messages', 'show', 'm-1', '--reveal')).toMatchObject({
      message: { bodyBase64: Buffer.from(body).toString('base64') },
    });
  });

  it('is not written to anybody else', async () => {
    const stage = await withCustomer();
    const { code, out, err, bytes } = await stage.waybill('messages', 'show', 'c-1', '--body');
    expect([code, out, err.slice(0, 13), bytes.length]).toEqual([2, '', 'WB_CLI_HIDDEN', 0]);
  });

  it('that is not kept is missed', async () => {
    const stage = await Stage.make();
    await stage.journal((journal) => finish(journal, 'm-1'));
    for (const part of ['--body', '--original', '--reply']) {
      const { code, err } = await stage.waybill('messages', 'show', 'm-1', part, '--reveal');
      expect([code, err.slice(0, 14)]).toEqual([1, 'WB_CLI_NO_BODY']);
    }
  });
});

describe('a message that is named by its id', () => {
  it('has to be there', async () => {
    const stage = await withCustomer();
    for (const args of [['c-2'], ['c-1', '--out'], ['c-1', '--entry', 'returns']]) {
      const { code, err } = await stage.waybill('messages', 'show', ...args);
      expect([code, err.slice(0, 17)]).toEqual([2, 'WB_CLI_UNKNOWN_ID']);
    }
  });

  it('has to be one', async () => {
    const stage = await Stage.make();
    await stage.journal(async (journal) => {
      await park(journal, 'm-1');
      await park(journal, 'm-1', { entry: 'returns' });
      await journal.outbox.publish([legOf('m-1')]);
    });
    const { code, err } = await stage.waybill('messages', 'show', 'm-1');
    expect([code, err.split('\n')[0]]).toEqual([2, 'WB_CLI_AMBIGUOUS_ID  The journal has the id m-1 at out erp, in returns, in orders.']);
    expect(await stage.json('messages', 'show', 'm-1', '--entry', 'returns')).toMatchObject({ entry: 'returns' });
    expect(await stage.json('messages', 'show', 'm-1', '--out')).toMatchObject({ direction: 'out' });
  });
});

describe('a trace', () => {
  const trace = 'trace-m-1';

  async function traced(): Promise<Stage> {
    const stage = await Stage.make();
    await stage.journal(async (journal) => {
      const legs = [legOf('l-1', { cause: 'm-1', trace }), legOf('r-1', { entry: 'replies:orders', event: '', cause: 'm-1', trace })];
      await finish(journal, '@erp:m-1', [], 'returns');
      await journal.inbox.settle({ entry: 'orders', id: '@erp:m-1', digest: '', trace, type: 'T@1', ending: { outcome: 'done', legs } });
      await journal.outbox.report({ about: 'l-1', id: 'report-1', kind: 'bounced', detail: 'no such\u001B[2J mailbox' });
    });
    return stage;
  }

  it('is a message and all that it caused, with the news about it', async () => {
    const stage = await traced();
    const { out } = await stage.waybill('messages', 'trace', 'l-1');
    expect(out.replaceAll(/\d{4}-\S+Z/g, 'TIME')).toBe(
      [
        'trace trace-m-1',
        'TIME  in  orders  @erp:m-1  T@1  done',
        '├─ TIME  out  erp  l-1  Report_NC_PurchaseOrder@1.0  waiting',
        '│     TIME report: bounced no such�[2J mailbox',
        '│     recipients: bounced (soft)',
        '└─ TIME  out  replies:orders  r-1  Report_NC_PurchaseOrder@1.0  waiting',
        '',
      ].join('\n'),
    );
  });

  it('is found by any of its messages, by its own id, and as JSON', async () => {
    const stage = await traced();
    const tree = {
      trace,
      messages: [{ id: '@erp:m-1', caused: [{ id: 'l-1', reports: [{ kind: 'bounced' }], caused: [] }, { id: 'r-1' }] }],
    };
    expect(await stage.json('messages', 'trace', 'r-1')).toMatchObject(tree);
    expect(await stage.json('messages', 'trace', trace)).toMatchObject(tree);
    expect(await stage.json('messages', 'trace', '@erp:m-1', '--entry', 'orders')).toMatchObject(tree);
  });

  it('has to be one, and to be there', async () => {
    const stage = await traced();
    expect((await stage.waybill('messages', 'trace', '@erp:m-1')).err).toMatch(/^WB_CLI_AMBIGUOUS_ID {2}.*2 traces/);
    expect(await stage.waybill('messages', 'trace', 'nothing')).toMatchObject({ code: 2, out: '' });
  });
});
