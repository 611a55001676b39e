import { type Message } from '@waybill/contract';
import { handle } from '@waybill/contract/application';
import { MemoryJournalFile, memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { promising, setUp } from './support/kernel.ts';
import { countNotes, note, refused, writeNote } from './support/notes.ts';

describe('a message that the handler takes', () => {
  it('reaches the handler once, with what the kernel knows about it', async () => {
    const seen: object[] = [];
    const handlers = [
      handle(writeNote, (input, { messageId, attempt, entry, messageType, store, principal }) => {
        seen.push({ input, messageId, attempt, entry, messageType, store, principal });
      }),
    ];
    const { kernel, memory, outcomes } = setUp({ handlers, inbound: { notes: { queue: 'IN', store: '7' } } });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    const [done] = await outcomes('done');
    expect(seen).toEqual([
      { input: { text: 'one' }, messageId: 'a', attempt: 1, entry: 'notes', messageType: 'Note@1', store: '7', principal: undefined },
    ]);
    expect(done).toMatchObject({ direction: 'in', name: 'notes', connection: 'local', type: 'Note@1', subject: 'note.write', store: '7' });
  });

  it('is not handled again when it is delivered again', async () => {
    const { kernel, memory, written, outcomes } = setUp();
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    await outcomes('done');
    memory.put('IN', { id: 'a', body: note('one') });
    await outcomes('duplicate');
    expect(written).toEqual(['one']);
  });

  it('is remembered by the next kernel on the same journal', async () => {
    const journal = new MemoryJournalFile();
    const first = setUp({ journal });
    await first.kernel.start();
    first.memory.put('IN', { id: 'a', body: note('one') });
    await first.outcomes('done');
    await first.kernel.stop();
    const second = setUp({ journal });
    await second.kernel.start();
    second.memory.put('IN', { id: 'a', body: note('one') });
    await second.outcomes('duplicate');
    expect(second.written).toEqual([]);
  });

  it('leaves no body in the journal unless the entry archives', async () => {
    const { kernel, memory, outcomes, desk } = setUp({ inbound: { plain: { queue: 'A' }, kept: { queue: 'B', archive: true } } });
    await kernel.start();
    memory.put('A', { id: 'a', body: note('one') });
    memory.put('B', { id: 'b', body: note('two') });
    await outcomes('done', 2);
    expect((await desk.show({ direction: 'in', entry: 'plain', id: 'a' }))?.message).toBeUndefined();
    const kept = await desk.show({ direction: 'in', entry: 'kept', id: 'b' });
    expect(Buffer.from(kept?.message?.body ?? []).toString()).toBe(note('two'));
  });
});

/** The code in the error reply of the pack. */
async function failureIn(reply: Promise<Message>): Promise<unknown> {
  return (JSON.parse(Buffer.from((await reply).body).toString()) as { readonly failed?: unknown }).failed;
}

describe('an answer that comes in as if it were a question', () => {
  it('is parked and not answered, so that two systems cannot go on for ever', async () => {
    const { kernel, memory, outcomes } = setUp();
    await kernel.start();
    memory.put('IN', { id: 'q', body: JSON.stringify({ kind: 'Counted', count: 1 }), replyTo: 'BACK' });
    expect(await outcomes('parked')).toMatchObject([{ code: 'WB_MESSAGE_NOT_ACCEPTED', reply: undefined }]);
    expect(memory.size('BACK')).toBe(0);
  });
});

describe('a message that wants an answer', () => {
  const handlers = [handle(countNotes, () => ({ count: 3 }))];
  const count = JSON.stringify({ kind: 'Count' });

  it('gets the reply of its pack, with its own id as correlation id', async () => {
    const { kernel, memory } = setUp({ handlers });
    await kernel.start();
    memory.put('IN', { id: 'q', body: count, replyTo: 'BACK' });
    const reply = await memory.take('BACK');
    expect(reply.correlationId).toBe('q');
    expect(JSON.parse(Buffer.from(reply.body).toString())).toEqual({ kind: 'Counted', count: 3 });
  });

  it('gets the recorded reply when it comes again, without a second run', async () => {
    let runs = 0;
    const { kernel, memory } = setUp({ handlers: [handle(countNotes, () => ({ count: ++runs }))] });
    await kernel.start();
    memory.put('IN', { id: 'q', body: count, replyTo: 'BACK' });
    const first = await memory.take('BACK');
    memory.put('IN', { id: 'q', body: count, replyTo: 'BACK' });
    const second = await memory.take('BACK');
    expect(second.body).toEqual(first.body);
    expect(second.id).toBe(first.id);
    expect(runs).toBe(1);
  });

  it('gets a typed error reply when the handler refuses, and is parked', async () => {
    const { kernel, memory, outcomes } = setUp({
      handlers: [
        handle(countNotes, () => {
          throw refused();
        }),
      ],
    });
    await kernel.start();
    memory.put('IN', { id: 'q', body: count, replyTo: 'BACK' });
    const reply = await memory.take('BACK');
    expect(JSON.parse(Buffer.from(reply.body).toString())).toEqual({ kind: 'Counted', failed: 'WB_NOTE_REFUSED' });
    expect(await outcomes('parked')).toHaveLength(1);
  });

  it('is answered later where the entry accepts messages as stored and its sender gave an address', async () => {
    const { kernel, memory, outcomes } = setUp({ handlers, inbound: { notes: { queue: 'IN', accept: 'stored' } } });
    await kernel.start();
    memory.put('IN', { id: 'q', body: count, replyTo: 'BACK' });
    const reply = await memory.take('BACK');
    expect(reply.correlationId).toBe('q');
    expect(JSON.parse(Buffer.from(reply.body).toString())).toEqual({ kind: 'Counted', count: 3 });
    expect(await outcomes('sent')).toMatchObject([{ name: 'replies:notes', cause: 'q' }]);
  });

  it('is told later of its parking where the entry accepts messages as stored', async () => {
    const refusing = [
      handle(countNotes, () => {
        throw refused();
      }),
    ];
    const { kernel, memory, outcomes } = setUp({ handlers: refusing, inbound: { notes: { queue: 'IN', accept: 'stored' } } });
    await kernel.start();
    memory.put('IN', { id: 'q', body: count, replyTo: 'BACK' });
    expect(await failureIn(memory.take('BACK'))).toBe('WB_NOTE_REFUSED');
    expect(await outcomes('parked')).toHaveLength(1);
  });

  it('is refused where the entry accepts messages as stored and can answer only while its sender waits', async () => {
    const memory = memoryTransport();
    const transport = promising(memory.transport, { replies: 'open' });
    const { kernel, outcomes } = setUp({
      handlers,
      memory: { ...memory, transport },
      inbound: { notes: { queue: 'IN', accept: 'stored' } },
    });
    await kernel.start();
    memory.put('IN', { id: 'q', body: count, replyTo: 'BACK' });
    expect(await outcomes('parked')).toMatchObject([{ code: 'WB_REPLY_NEEDS_PROCESSED' }]);
    expect(await failureIn(memory.take('BACK'))).toBe('WB_REPLY_NEEDS_PROCESSED');
  });

  it('is told so where the entry does not take it', async () => {
    const serving = [...handlers, handle(writeNote, () => undefined)];
    const { kernel, memory, outcomes } = setUp({ handlers: serving, inbound: { notes: { queue: 'IN', messages: ['Note'] } } });
    await kernel.start();
    memory.put('IN', { id: 'q', body: count, replyTo: 'BACK' });
    expect(await outcomes('parked')).toMatchObject([{ code: 'WB_MESSAGE_NOT_ACCEPTED' }]);
    expect(await failureIn(memory.take('BACK'))).toBe('WB_MESSAGE_NOT_ACCEPTED');
  });

  it('is told so where its id belongs to another message', async () => {
    const { kernel, memory, outcomes } = setUp({ handlers });
    await kernel.start();
    memory.put('IN', { id: 'q', body: count, replyTo: 'BACK' });
    await memory.take('BACK');
    memory.put('IN', { id: 'q', body: `${count} `, replyTo: 'BACK' });
    expect(await outcomes('parked')).toMatchObject([{ code: 'WB_MESSAGE_ID_REUSED' }]);
    expect(await failureIn(memory.take('BACK'))).toBe('WB_MESSAGE_ID_REUSED');
  });
});

describe('credentials and rights', () => {
  const application = (password: string) => ({
    handlers: [handle(writeNote, () => undefined)],
    authenticate: ({ logonId, password: given }: { readonly logonId?: string | undefined; readonly password?: string | undefined }) =>
      given === password && logonId ? { name: logonId } : undefined,
  });
  const signed = (password: string) => note('one', { credentials: { logonId: 'erp', password } });

  it.each([
    ['right ones are taken', signed('good'), {}, 'done', undefined],
    ['wrong ones are refused', signed('bad'), {}, 'parked', 'WB_AUTH_REFUSED'],
    ['wrong ones do not matter where the entry ignores them', signed('bad'), { credentials: 'ignore' }, 'done', undefined],
    ['whoever is named may send', signed('good'), { allow: { erp: ['Note'] } }, 'done', undefined],
    ['whoever is not named may not', signed('good'), { allow: { other: ['Note'] } }, 'parked', 'WB_AUTH_NOT_ALLOWED'],
    ['nobody in particular may send what everybody may', note('one'), { allow: { '*': ['Note'] } }, 'done', undefined],
    ['nobody in particular may not send more', note('one'), { allow: { erp: 'all' } }, 'parked', 'WB_AUTH_NOT_ALLOWED'],
  ])('%s', async (_, body, entry, outcome, code) => {
    const options = { application: application('good') };
    const { kernel, memory, outcomes } = setUp({ handlers: [], options, inbound: { notes: { queue: 'IN', ...entry } } });
    await kernel.start();
    memory.put('IN', { body });
    expect(await outcomes(outcome)).toMatchObject([{ code }]);
  });
});
