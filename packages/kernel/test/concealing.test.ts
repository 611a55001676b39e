import { CommandError, defineMessagePack, type Principal } from '@waybill/contract';
import { handle } from '@waybill/contract/application';
import { memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { changed } from './support/kernel.ts';
import { anna, letterOffice, placesOf, textOf } from './support/letter-office.ts';
import { letter, lettersPack, password, readLetter } from './support/letters.ts';

const by = { who: 'test' };
const queue = { letters: { connection: 'local', queue: 'IN', messages: ['Card'] } };

/** A handler that refuses what comes until it is told that all is well, and keeps who sent what. */
function reading() {
  const state = { isWell: false };
  const read: (readonly [string, Principal | undefined])[] = [];
  const handler = handle(readLetter, (input, { principal }) => {
    if (!state.isWell) throw new CommandError('WB_TEST_NO', 'Not now.');
    read.push([input.text, principal]);
    return {};
  });
  return { state, read, handlers: [handler] };
}

describe('a message whose pack conceals, when it is parked', () => {
  it('is kept masked, in the copy for errors too, and its password is found in no file and no log', async () => {
    const { handlers } = reading();
    const inbound = { letters: { ...queue.letters, errorsTo: 'errors' } };
    const office = await letterOffice({ handlers, inbound, outbound: { errors: { connection: 'local', queue: 'ERRORS' } } });
    office.memory.put('IN', { id: 'm-1', body: letter('one') });
    await office.outcomes('parked');
    await office.outcomes('sent');
    const { rows } = await office.kernel.desk.list({ state: 'parked' });
    expect(textOf((await office.kernel.desk.show(rows[0] as never))?.message?.body)).toBe(letter('one', { with: '***' }));
    expect(textOf(office.memory.takeAll('ERRORS')[0]?.body)).toBe(letter('one', { with: '***' }));
    expect(await placesOf(password, office)).toEqual([]);
  });

  it('is worked on again for whom the application had recognised, who is not asked for the password again', async () => {
    const { state, read, handlers } = reading();
    const office = await letterOffice({ handlers, inbound: queue });
    office.memory.put('IN', { id: 'm-1', body: letter('one') });
    await office.outcomes('parked');
    state.isWell = true;
    const { rows } = await office.kernel.desk.list({ state: 'parked' });
    await office.kernel.desk.replay(rows, by);
    await office.outcomes('done');
    expect([read, office.asked]).toEqual([[['one', anna]], [password]]);
  });

  it('is refused again where the application had recognised nobody, also if its transport had', async () => {
    const memory = memoryTransport();
    const known = changed(memory.transport, async (...opening) => {
      const listener = await memory.transport.receive?.open(...opening);
      return { run: async (deliver, stop) => listener?.run((one) => deliver({ ...one, principal: { name: 'post office' } }), stop) };
    });
    const { state, read, handlers } = reading();
    const office = await letterOffice({ handlers, inbound: queue, memory: { ...memory, transport: known } });
    state.isWell = true;
    memory.put('IN', { id: 'm-1', body: letter('one', { with: 'a wrong one' }) });
    await office.outcomes('parked');
    const { rows } = await office.kernel.desk.list({ state: 'parked' });
    await office.kernel.desk.replay(rows, by);
    await office.outcomes('parked', 2);
    expect(office.seen.filter(({ outcome }) => outcome === 'parked').map(({ code }) => code)).toEqual([
      'WB_AUTH_REFUSED',
      'WB_AUTH_REFUSED',
    ]);
    expect([read, office.asked]).toEqual([[], ['a wrong one']]);
    expect(await placesOf('a wrong one', office)).toEqual([]);
  });

  it('is known again by the body that came, and another password under its id makes it another message', async () => {
    const { handlers } = reading();
    const office = await letterOffice({ handlers, inbound: queue });
    const put = (given: string) => office.memory.put('IN', { id: 'm-1', body: letter('one', { with: given }) });
    put(password);
    await office.outcomes('parked');
    put(password);
    await office.outcomes('duplicate');
    put(`${password}-2`);
    await office.outcomes('parked', 2);
    expect(office.seen.map(({ code }) => code)).toContain('WB_MESSAGE_ID_REUSED');
  });
});

describe('a message whose pack conceals, whatever becomes of it', () => {
  it('waits in the journal masked for its next attempt, which needs no password', async () => {
    const attempts: (Principal | undefined)[] = [];
    const handlers = [
      handle(readLetter, (_, { principal }) => {
        if (attempts.push(principal) < 3) throw new CommandError('WB_TEST_BUSY', 'Busy.', { retryable: true });
        return {};
      }),
    ];
    const memory = memoryTransport({ redelivers: 'no', countsAttempts: false });
    const office = await letterOffice({ handlers, inbound: queue, memory });
    memory.put('IN', { id: 'm-1', body: letter('one') });
    await office.outcomes('done');
    expect([attempts, office.asked]).toEqual([[anna, anna, anna], [password]]);
    expect(await placesOf(password, office)).toEqual([]);
  });

  it('is archived masked', async () => {
    const office = await letterOffice({ inbound: { letters: { ...queue.letters, archive: true } } });
    office.memory.put('IN', { id: 'm-1', body: letter('one') });
    await office.outcomes('done');
    const entry = await office.kernel.desk.show({ direction: 'in', entry: 'letters', id: 'm-1' });
    expect(textOf(entry?.message?.body)).toBe(letter('one', { with: '***' }));
    expect(await placesOf(password, office)).toEqual([]);
  });

  it.each([
    ['cut short', letter('one').slice(0, 40), {}],
    ['of no known kind', letter('one').replaceAll('Card', 'Cord'), {}],
    ['in UTF-16', Buffer.from(`\ufeff${letter('one')}`, 'utf16le'), {}],
    ['in an encoding that nobody knows', letter('one'), { contentType: 'text/xml; charset=martian' }],
    [
      'in UTF-16 under the name of an encoding that nobody knows',
      Buffer.from(letter('one'), 'utf16le'),
      { contentType: 'a/b; charset=x-1' },
    ],
    ['in bytes that are no UTF-16', Buffer.concat([Buffer.from(`\ufeff${letter('one')}`, 'utf16le'), Buffer.from([0xd8])]), {}],
  ])('is kept masked when it is %s', async (_, body, more) => {
    const office = await letterOffice({ handlers: reading().handlers, inbound: queue });
    office.memory.put('IN', { id: 'm-1', body, ...more });
    await office.outcomes('parked');
    const entry = await office.kernel.desk.show({ direction: 'in', entry: 'letters', id: 'm-1' });
    expect(textOf(entry?.message?.body).replaceAll('\0', '')).toContain('<Password>***');
    expect(await placesOf(password, office)).toEqual([]);
  });

  it('keeps its encoding, so that it is read again as it came', async () => {
    const { state, read, handlers } = reading();
    const office = await letterOffice({ handlers, inbound: queue });
    office.memory.put('IN', { id: 'm-1', body: Buffer.from(letter('Grüße'), 'latin1'), contentType: 'text/xml; charset=iso-8859-1' });
    await office.outcomes('parked');
    state.isWell = true;
    await office.kernel.desk.replay((await office.kernel.desk.list({ state: 'parked' })).rows, by);
    await office.outcomes('done');
    expect(read).toEqual([['Grüße', anna]]);
  });

  it('is not kept at all where its pack fails to conceal it, and the log says whose fault that is', async () => {
    const broken = defineMessagePack({
      ...lettersPack,
      conceal: () => {
        throw new TypeError('a defect');
      },
    });
    const office = await letterOffice({ packs: [broken], inbound: queue });
    office.memory.put('IN', { id: 'm-1', body: letter('one') });
    await office.outcomes('parked');
    const entry = await office.kernel.desk.show({ direction: 'in', entry: 'letters', id: 'm-1' });
    expect([entry?.message?.body.length, office.seen[0]?.code]).toEqual([0, 'WB_PACK_FAILED']);
    expect(await placesOf(password, office)).toEqual([]);
  });
});

describe('an entry that stores what a pack conceals', () => {
  const inbound = { letters: { connection: 'web', path: '/letters', auth: 'none', accept: 'stored', messages: ['Card'] } };

  it('checks the password before it stores, and works on it for whom it has recognised', async () => {
    const { state, read, handlers } = reading();
    state.isWell = true;
    const office = await letterOffice({ handlers, inbound });
    expect((await office.post('/letters', letter('one', { with: 'a wrong one' })))[0]).toBe(403);
    expect((await office.kernel.desk.list({})).rows).toEqual([]);
    expect((await office.post('/letters', letter('two')))[0]).toBe(202);
    await office.outcomes('done');
    expect([read, office.asked]).toEqual([[['two', anna]], ['a wrong one', password]]);
    expect(await placesOf(password, office)).toEqual([]);
  });

  it('survives a restart before it is worked on', async () => {
    const first = await letterOffice({
      handlers: [
        handle(
          readLetter,
          (_, { signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('gone')))),
        ),
      ],
      inbound,
    });
    expect((await first.post('/letters', letter('one')))[0]).toBe(202);
    await first.kernel.stop({ grace: 0 });
    const { state, read, handlers } = reading();
    state.isWell = true;
    const second = await letterOffice({ handlers, inbound, folder: first.folder });
    await second.outcomes('done');
    expect([read, second.asked]).toEqual([[['one', anna]], []]);
    expect(await placesOf(password, second)).toEqual([]);
  });
});

describe('an entry whose packs have nothing to conceal', () => {
  it('keeps what came as it came', async () => {
    const { conceal: _, ...open } = lettersPack;
    const office = await letterOffice({ handlers: reading().handlers, inbound: queue, packs: [defineMessagePack(open)] });
    office.memory.put('IN', { id: 'm-1', body: letter('one') });
    await office.outcomes('parked');
    // The search finds what is there.
    expect(await placesOf(password, office)).not.toEqual([]);
  });
});
