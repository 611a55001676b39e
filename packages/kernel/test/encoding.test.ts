import { defineMessagePack } from '@waybill/contract';
import { memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { setUp } from './support/kernel.ts';
import { note, notesPack } from './support/notes.ts';

describe('a message in another encoding', () => {
  it.each([
    ['UTF-16, known by its mark', Buffer.from(`\ufeff${note('Grüße')}`, 'utf16le'), {}, {}],
    ['Latin-1, as the transport tells', Buffer.from(note('Grüße'), 'latin1'), { contentType: 'application/json; charset=ISO-8859-1' }, {}],
    ['Latin-1, as the entry says', Buffer.from(note('Grüße'), 'latin1'), {}, { encoding: 'latin1' }],
    ['UTF-8', Buffer.from(note('Grüße')), {}, {}],
  ])('reaches packs as UTF-8: %s', async (_, body, more, entry) => {
    const { kernel, memory, outcomes, written } = setUp({ inbound: { notes: { queue: 'IN', ...entry } } });
    await kernel.start();
    memory.put('IN', { body, ...more });
    await outcomes('done');
    expect(written).toEqual(['Grüße']);
  });

  it('is parked with its own bytes', async () => {
    const body = Buffer.from(`\ufeff${note('x', { number: 'y' })}`, 'utf16le');
    const { kernel, memory, outcomes, desk } = setUp();
    await kernel.start();
    memory.put('IN', { id: 'a', body });
    await outcomes('parked');
    expect(Buffer.from((await desk.show({ direction: 'in', entry: 'notes', id: 'a' }))?.message?.body ?? [])).toEqual(body);
  });

  it('that nobody knows is unreadable', async () => {
    const { kernel, memory, outcomes } = setUp();
    await kernel.start();
    memory.put('IN', { body: note('one'), contentType: 'application/json; charset=x-merrin' });
    expect(await outcomes('parked')).toMatchObject([{ code: 'WB_TEXT_UNKNOWN_ENCODING' }]);
  });
});

describe('a pack that wants bytes', () => {
  it('gets them as they came, with the encoding, also where they are no text for the pack before it', async () => {
    const seen: (string | Uint8Array)[] = [];
    const bytes = defineMessagePack({
      ...notesPack,
      wants: 'bytes',
      recognise: ({ body, encoding }) => {
        seen.push(encoding, body);
        return undefined;
      },
    });
    const body = new Uint8Array([0xff, 0xfe, 0x00]);
    const { kernel, memory, outcomes } = setUp({ pack: bytes });
    await kernel.start();
    memory.put('IN', { body });
    expect(await outcomes('parked')).toMatchObject([{ code: 'WB_MESSAGE_UNRECOGNISED' }]);
    expect(seen).toEqual(['utf-16le', body]);
  });
});

describe('an entry with an encoding that nobody knows', () => {
  it('stops the start, with a suggestion', async () => {
    const memory = memoryTransport();
    const { kernel } = setUp({ memory, inbound: { notes: { queue: 'IN', encoding: 'latin-99' } } });
    await expect(kernel.start()).rejects.toMatchObject({ code: 'WB_TEXT_UNKNOWN_ENCODING', at: 'inbound.notes.encoding' });
  });
});
