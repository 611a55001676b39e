import { randomBytes } from 'node:crypto';
import { encode } from '@waybill/text';
import { describe, expect, it } from 'vitest';
import type { MqMessage } from '../src/handle/handle.ts';
import { idLength, idOfText, textOfId, textOfIdBeside } from '../src/headers/ids.ts';
import { readMessage, type Reading } from '../src/headers/incoming.ts';
import { writeUndeliveredHeader } from '../src/headers/mqdlh.ts';
import { writeMessage, writeReply } from '../src/headers/outgoing.ts';
import { nameOfWire, wireName } from '../src/headers/property-names.ts';
import { readAddress, writeAddress } from '../src/headers/reply-address.ts';
import { readHeader, writeHeader } from '../src/headers/rfh2.ts';

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

describe('an id in MQ', () => {
  it.each([uuid, 'ab'.repeat(24)])('is turned back: %s', (text) => {
    expect([idOfText(text).length, textOfId(idOfText(text))]).toEqual([idLength, text]);
  });

  it('of any other text is told from others, and is that text where it travels beside it', () => {
    expect(idOfText('order-1').equals(idOfText('order-2'))).toBe(false);
    expect(textOfIdBeside(idOfText('order-1'), 'order-1')).toBe('order-1');
    expect(textOfIdBeside(idOfText('order-1'), 'order-2')).toBe(idOfText('order-1').toString('hex'));
  });

  it('is none where it is empty', () => {
    expect(textOfId(Buffer.alloc(24))).toBeUndefined();
  });
});

describe('the name of a property', () => {
  it.each([
    ['OrderNo', 'OrderNo'],
    ['order_no', 'order_no'],
    ['x-request-id', 'x_2d_request_2d_id'],
    ['1st', '_31_st'],
    ['a_2d_b', 'a_5f_2d_b'],
    ['and', '_61_nd'],
    ['JMSType', '_4a_MSType'],
    ['Waybillid', '_57_aybillid'],
    ['größe', 'gr_f6__df_e'],
  ])('%s is %s on the wire, and comes back', (name, wire) => {
    expect([wireName(name), nameOfWire(wire)]).toEqual([wire, name]);
  });

  it('of somebody else stays as it is', () => {
    expect([nameOfWire('Order_No'), nameOfWire('_zz_'), nameOfWire('_ffffff_')]).toEqual(['Order_No', '_zz_', '_ffffff_']);
  });
});

describe('a header in front of a body', () => {
  it('is read as it was written', () => {
    const folders = { usr: { OrderNo: '<12> & "more"', empty: '' } };
    const bytes = Buffer.concat([writeHeader(folders, { format: 'MQSTR', ccsid: 500 }), Buffer.from('body')]);
    expect(readHeader(bytes, 546)).toEqual({ folders, format: 'MQSTR', ccsid: 500, encoding: 546, body: Buffer.from('body') });
    expect(bytes.readInt32LE(8) % 4).toBe(0);
  });

  it('of somebody who writes numbers the other way round, with types, nulls and names in names, is read', () => {
    const folder = Buffer.from("<usr><n dt='i4'>5</n><gone xsi:nil='true'></gone><a><b>c</b></a><e/></usr>  ");
    const head = Buffer.alloc(40, ' ');
    head.write('RFH ', 0);
    for (const [at, value] of [[4, 2], [8, 40 + folder.length], [12, 273], [16, 819], [28, 0], [32, 1208], [36, folder.length]] as const) head.writeInt32BE(value, at);
    const header = readHeader(Buffer.concat([head, folder, Buffer.from('x')]), 273);
    expect([header?.folders, header?.ccsid, header?.body.toString()]).toEqual([{ usr: { n: '5', 'a.b': 'c', e: '' } }, 819, 'x']);
  });

  it.each([[Buffer.from('RFH short')], [writeHeader({ usr: { a: 'b' } }, { format: '', ccsid: 1208 }).subarray(0, 50)]])('that is damaged is none', (bytes) => {
    expect(readHeader(bytes, 546)).toBeUndefined();
  });

  it('of a message that cannot be delivered says where it was to go and what follows', () => {
    const at = new Date(Date.UTC(2026, 10, 27, 14, 3, 15, 990));
    const bytes = writeUndeliveredHeader({
      reason: 2362,
      queue: 'ORDERS.IN',
      manager: '',
      encoding: 273,
      ccsid: 500,
      format: 'MQSTR',
      applicationType: 28,
      application: 'waybill',
      at,
      isLittleEndian: true,
    });
    const text = (from: number, length: number): string => bytes.toString('latin1', from, from + length).trimEnd();
    expect([bytes.length, text(0, 4), bytes.readInt32LE(4), bytes.readInt32LE(8), text(12, 48), text(60, 48)]).toEqual([172, 'DLH', 1, 2362, 'ORDERS.IN', '']);
    expect([bytes.readInt32LE(108), bytes.readInt32LE(112), text(116, 8), bytes.readInt32LE(124), text(128, 28)]).toEqual([273, 500, 'MQSTR', 28, 'waybill']);
    expect([text(156, 8), text(164, 8)]).toEqual(['20261127', '14031599']);
  });
});

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
    const idOf = (text: string) => readMessage(got({ msgId: randomBytes(24), bytes: Buffer.from(text) }), { ...reading, identity: 'content' }).message.id;
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
    expect(writeMessage({ ...message, contentType: 'text/plain; charset=IBM-1047' }, plain)).toMatchObject({ format: 'MQSTR', ccsid: 1047 });
    expect(writeMessage({ ...message, contentType: 'application/pdf' }, plain)).toMatchObject({ format: '', ccsid: 1208 });
  });

  it('expires by itself or by the entry, whichever is earlier', () => {
    const put = writeMessage({ ...message, expiresAt: Date.now() + 60_000 }, { ...target, expiry: 1_000 });
    expect(put.expiry).toBe(1_000);
  });

  it('is refused when it is larger than the entry allows', () => {
    expect(() => writeMessage({ ...message, body: new Uint8Array(1_001) }, target)).toThrow(expect.objectContaining({ code: 'WB_MQ_TOO_LARGE' }));
  });
});

describe('a reply', () => {
  const reply = { ...message, id: 'reply-1', correlationId: uuid };

  it('goes back in the code page of the request, without a header where that had none', () => {
    const put = writeReply(reply, readAddress('ANSWERS?ccsid=500&plain=1'));
    expect(put).toMatchObject({ kind: 'reply', format: 'MQSTR', ccsid: 500, correlId: idOfText(uuid) });
    expect(Buffer.from(put.bytes)).toEqual(Buffer.from(encode('<Ä/>', 500)));
  });

  it('stays as it is where that code page has not all of its characters', () => {
    const put = writeReply({ ...reply, body: Buffer.from('<日本/>') }, readAddress('ANSWERS?ccsid=500&plain=1'));
    expect([put.ccsid, Buffer.from(put.bytes).toString()]).toEqual([1208, '<日本/>']);
  });

  it('has the priority and the persistence of its request, and outlives it by a minute', () => {
    const put = writeReply(reply, readAddress('ANSWERS'), got({ priority: 7, persistent: false, expiry: 5_000 }));
    expect(put).toMatchObject({ priority: 7, persistent: false, expiry: 65_000 });
  });

  it('has the ids that its request wants', () => {
    const [msgId, correlId] = [Buffer.alloc(24, 1), Buffer.alloc(24, 2)];
    expect(writeReply(reply, readAddress(writeAddress({ queue: 'ANSWERS', manager: '', msgId, correlId })))).toMatchObject({ msgId, correlId });
  });

  it.each(['', 'no queue', 'A'.repeat(49), 'Q@', 'Q@M@N'])('has no address in %j', (text) => {
    expect(() => readAddress(text)).toThrow(expect.objectContaining({ code: 'WB_MQ_ADDRESS' }));
  });
});
