import { randomBytes } from 'node:crypto';
import { encode } from '@waybill/text';
import { describe, expect, it } from 'vitest';
import type { MqMessage } from '../src/handle/handle.ts';
import { idOfText } from '../src/headers/ids.ts';
import { type Reading, readMessage } from '../src/headers/incoming.ts';
import { writeMessage, writeReply } from '../src/headers/outgoing.ts';
import { readAddress, writeAddress } from '../src/headers/reply-address.ts';
import { writeHeader } from '../src/headers/rfh2.ts';

const uuid = '0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
const reading: Reading = { identity: 'message-id', trustCcsid: true, limit: 1_000, queueManager: 'QM1' };
const target = { queue: 'OUT', limit: 1_000, properties: true };
const message = { id: uuid, body: Buffer.from('<Ä/>'), createdAt: 1, contentType: 'text/xml', properties: {} };

function got(more: Partial<MqMessage>): MqMessage {
  const bytes = more.bytes ?? Buffer.from('<Order/>');
  return {
    kind: 'datagram',
    msgId: idOfText('a'.repeat(48)),
    correlId: Buffer.alloc(24),
    format: 'MQSTR',
    ccsid: 1208,
    encoding: 546,
    expiry: undefined,
    priority: 4,
    persistent: true,
    replyTo: undefined,
    passes: { msgId: false, correlId: false },
    feedback: 0,
    backouts: 0,
    putAt: 1_000,
    length: bytes.length,
    ...more,
    bytes,
  };
}

describe('a message that is read', () => {
  it.each([
    [1208, 546, 'text/plain; charset=utf-8'],
    [500, 273, 'text/plain; charset=cp500'],
    [819, 546, 'text/plain; charset=iso-8859-1'],
    [1200, 546, 'text/plain; charset=utf-16le'],
    [1200, 273, 'text/plain; charset=utf-16be'],
    [4711, 546, 'text/plain; charset=ccsid-4711'],
    [0, 546, undefined],
    [65_535, 546, undefined],
  ])('in the code page %i, numbers as %i, is said to be %s', (ccsid, encoding, contentType) => {
    expect(readMessage(got({ ccsid, encoding }), reading).message.contentType).toBe(contentType);
  });

  it('has the code page of its header where it has one, and keeps its media type', () => {
    const header = writeHeader({ usr: { WaybillContentType: 'text/xml; charset=utf-8' } }, { format: 'MQSTR', ccsid: 500 });
    const { message: read } = readMessage(got({ format: 'MQHRF2', bytes: Buffer.concat([header, Buffer.from('x')]) }), reading);
    expect([read.contentType, Buffer.from(read.body).toString()]).toEqual(['text/xml; charset=cp500', 'x']);
  });

  it('has no stated encoding where its bytes are no text, or its descriptor is not to be trusted', () => {
    expect(readMessage(got({ format: '', ccsid: 500 }), reading).message.contentType).toBeUndefined();
    expect(readMessage(got({ ccsid: 819 }), { ...reading, trustCcsid: false }).message.contentType).toBeUndefined();
  });

  it.each([
    ['message-id' as const, 'aa'.repeat(24)],
    ['correlation-id' as const, 'bb'.repeat(24)],
  ])('is known by its %s', (identity, id) => {
    expect(readMessage(got({ correlId: Buffer.from('bb'.repeat(24), 'hex') }), { ...reading, identity }).message.id).toBe(id);
  });

  it('is known by its content, whatever its ids are', () => {
    const idOf = (text: string) =>
      readMessage(got({ msgId: randomBytes(24), bytes: Buffer.from(text) }), { ...reading, identity: 'content' }).message.id;
    expect([idOf('same') === idOf('same'), idOf('same') === idOf('other')]).toEqual([true, false]);
  });

  it('is known by a property, and has a defect where it has none', () => {
    const header = writeHeader({ usr: { orderId: '12007' } }, { format: 'MQSTR', ccsid: 1208 });
    const identity = { property: 'orderId' };
    expect(readMessage(got({ format: 'MQHRF2', bytes: header }), { ...reading, identity }).message.id).toBe('12007');
    expect(readMessage(got({}), { ...reading, identity }).defect?.code).toBe('WB_MQ_NO_IDENTITY');
  });

  it('may have exactly as many bytes as are allowed, whatever its header has', () => {
    const header = writeHeader({ usr: { a: 'b' } }, { format: '', ccsid: 1208 });
    const sized = (size: number) => readMessage(got({ format: 'MQHRF2', bytes: Buffer.concat([header, Buffer.alloc(size)]) }), reading);
    expect([sized(1_000).defect, sized(1_001).defect?.code]).toEqual([undefined, 'WB_MQ_TOO_LARGE']);
  });

  it('expires when its property says so, unless that is about another message', () => {
    const soon = Date.now() + 60_000;
    const expiring = (said: number) => {
      const header = writeHeader({ usr: { WaybillExpiresAt: String(said) } }, { format: '', ccsid: 1208 });
      return readMessage(got({ format: 'MQHRF2', bytes: header, expiry: 60_000 }), reading).message.expiresAt ?? 0;
    };
    expect(expiring(soon)).toBe(soon);
    expect(expiring(soon - 3_600_000)).toBeGreaterThanOrEqual(soon);
  });

  it('whose header is damaged has a defect', () => {
    expect(readMessage(got({ format: 'MQHRF2', bytes: Buffer.from('RFH ?') }), reading).defect?.code).toBe('WB_MQ_HEADER');
  });

  it('that wants its own ids in the reply says so in the address, with its code page, and that it came without a header', () => {
    const correlId = Buffer.from('cc'.repeat(24), 'hex');
    const request = got({ correlId, ccsid: 500, replyTo: { queue: 'ANSWERS', manager: 'QM2' }, passes: { msgId: true, correlId: true } });
    const { replyTo = '' } = readMessage(request, reading).message;
    expect(replyTo).toMatch(/^ANSWERS@QM2\?/);
    expect(readAddress(replyTo)).toEqual({ queue: 'ANSWERS', manager: 'QM2', msgId: request.msgId, correlId, ccsid: 500, isPlain: true });
  });

  it('of which the id is not the message id is answered with the message id nevertheless', () => {
    const request = got({ replyTo: { queue: 'ANSWERS', manager: 'QM1' } });
    const { replyTo = '' } = readMessage(request, { ...reading, identity: 'content' }).message;
    expect(readAddress(replyTo)).toMatchObject({ queue: 'ANSWERS', manager: '', correlId: request.msgId });
  });
});

describe('a message that is written', () => {
  it('names the code page of its text', () => {
    const plain = { ...target, properties: false };
    expect(writeMessage(message, plain)).toMatchObject({ format: 'MQSTR', ccsid: 1208, persistent: true, bytes: message.body });
    expect(writeMessage({ ...message, contentType: 'text/plain; charset=IBM-1047' }, plain)).toMatchObject({
      format: 'MQSTR',
      ccsid: 1047,
    });
    expect(writeMessage({ ...message, contentType: 'application/pdf' }, plain)).toMatchObject({ format: '', ccsid: 1208 });
  });

  it('expires by itself or by the entry, whichever is earlier', () => {
    const put = writeMessage({ ...message, expiresAt: Date.now() + 60_000 }, { ...target, expiry: 1_000 });
    expect(put.expiry).toBe(1_000);
  });

  it('is refused when it is larger than the entry allows', () => {
    expect(() => writeMessage({ ...message, body: new Uint8Array(1_001) }, target)).toThrow(
      expect.objectContaining({ code: 'WB_MQ_TOO_LARGE' }),
    );
  });
});

describe('a reply', () => {
  const reply = { ...message, id: 'reply-1', correlationId: uuid };

  it('goes back in the code page of the request, without a header where that had none', () => {
    const put = writeReply(reply, readAddress('ANSWERS?ccsid=500&plain=1'));
    expect(put).toMatchObject({ kind: 'reply', format: 'MQSTR', ccsid: 500, correlId: idOfText(uuid) });
    expect(Buffer.from(put.bytes)).toEqual(Buffer.from(encode('<Ä/>', 500)));
  });

  it('stays as it is where that code page has not all of its characters, or it is not in its own', () => {
    const put = writeReply({ ...reply, body: Buffer.from('<日本/>') }, readAddress('ANSWERS?ccsid=500&plain=1'));
    expect([put.ccsid, Buffer.from(put.bytes).toString()]).toEqual([1208, '<日本/>']);
    const wrong = writeReply({ ...reply, body: Buffer.of(0xff) }, readAddress('ANSWERS?ccsid=500&plain=1'));
    expect([wrong.ccsid, Buffer.from(wrong.bytes)]).toEqual([1208, Buffer.of(0xff)]);
  });

  it('has the priority and the persistence of its request, and outlives it by a minute', () => {
    const put = writeReply(reply, readAddress('ANSWERS'), got({ priority: 7, persistent: false, expiry: 5_000 }));
    expect(put).toMatchObject({ priority: 7, persistent: false, expiry: 65_000 });
  });

  it('has the ids that its request wants', () => {
    const [msgId, correlId] = [Buffer.alloc(24, 1), Buffer.alloc(24, 2)];
    expect(writeReply(reply, readAddress(writeAddress({ queue: 'ANSWERS', manager: '', msgId, correlId })))).toMatchObject({
      msgId,
      correlId,
    });
  });

  it.each(['', 'no queue', 'A'.repeat(49), 'Q@', 'Q@M@N'])('has no address in %j', (text) => {
    expect(() => readAddress(text)).toThrow(expect.objectContaining({ code: 'WB_MQ_ADDRESS' }));
  });
});
