import rhea from 'rhea';
import { describe, expect, it } from 'vitest';
import { fromWire, toWire } from '../src/message.ts';

const most = 1_000;
const data = (text: string) => rhea.message.data_section(Buffer.from(text));
/** As it crosses a wire. */
const sent = (message: object) => rhea.message.decode(rhea.message.encode(message)) as never;
const received = (message: object) => fromWire(sent({ body: data('x'), ...message }), most);
const outgoing = { id: 'm-1', body: Buffer.from('<Order/>'), createdAt: 1_700_000_000_123, properties: {} };
const takesAnnotations = { takesAnnotations: true };

describe('the body of a message that has come', () => {
  it.each([
    ['bytes', data('bytes'), 'bytes'],
    ['several sections of bytes, one behind the other', rhea.message.data_sections([Buffer.from('a'), Buffer.from('b')]), 'ab'],
    ['text, as UTF-8', 'Über', 'Über'],
    ['a value of bytes', Buffer.from('value'), 'value'],
    ['nothing', data(''), ''],
  ])('is %s', (_, body, text) => {
    const { message, defect } = received({ body });
    expect([Buffer.from(message.body).toString(), defect]).toEqual([text, undefined]);
  });

  it.each([
    ['a map', { a: 1 }],
    ['a number', 5],
    ['a sequence', rhea.message.sequence_section(['a'])],
  ])('is a defect where it is %s', (_, body) => {
    expect(received({ body }).defect).toMatchObject({ code: 'WB_AMQP_UNREADABLE', kind: 'unreadable' });
  });

  it('is a defect where it is larger than the limit, and not kept', () => {
    const { message, defect } = received({ body: data('x'.repeat(most + 1)) });
    expect([defect?.code, message.body.byteLength]).toEqual(['WB_AMQP_TOO_LARGE', 0]);
    expect(received({ body: data('x'.repeat(most)) }).defect).toBeUndefined();
  });
});

describe('the id of a message that has come', () => {
  const uuid = '00112233-4455-6677-8899-aabbccddeeff';

  it.each([
    ['text', 'order-1', 'order-1'],
    ['a number', 7, '7'],
    ['a UUID', rhea.types.wrap_uuid(Buffer.from(uuid.replaceAll('-', ''), 'hex')), uuid],
    ['bytes', rhea.types.wrap_binary(Buffer.from('4a4b', 'hex')), '4a4b'],
  ])('is the same each time where it is %s', (_, id, text) => {
    const { message } = received({ message_id: id, correlation_id: id });
    expect([message.id, message.correlationId]).toEqual([text, text]);
  });

  it('is none where the sender gave none: nobody could know the message by one that is made up', () => {
    expect(received({}).message.id).toBeUndefined();
  });
});

describe('what else a message has', () => {
  it('stands among its properties as text, and its own properties win', () => {
    const { message } = received({
      group_id: 'g',
      to: 'orders',
      message_annotations: { 'x-opt-mine': 'note', 'x-opt-both': 'annotation' },
      application_properties: { 'Mixed-Case': 'Value', count: 5, flag: true, 'x-opt-both': 'own', when: new Date(0) },
    });
    expect(message.properties).toEqual({
      'amqp-group-id': 'g',
      'amqp-to': 'orders',
      'x-opt-mine': 'note',
      'x-opt-both': 'own',
      'Mixed-Case': 'Value',
      count: '5',
      flag: 'true',
      when: '1970-01-01T00:00:00.000Z',
    });
  });

  it('says whether the broker keeps it over a restart', () => {
    expect([received({ durable: true }).message.persistent, received({}).message.persistent]).toEqual([true, false]);
  });
});

describe('a message that is sent', () => {
  it('is durable unless it says that it need not be', () => {
    expect(toWire(outgoing, { address: 'a' }, takesAnnotations).durable).toBe(true);
    expect(toWire({ ...outgoing, persistent: false }, { address: 'a' }, takesAnnotations).durable).toBe(false);
  });

  it('lives as long as the shorter of its own time and that of the entry, and a moment where that is over', () => {
    const ttl = (expiresAt: number | undefined, expiry?: number) =>
      toWire({ ...outgoing, expiresAt }, { address: 'a', expiry }, takesAnnotations).ttl;
    expect([ttl(undefined), ttl(undefined, 500), ttl(Date.now() + 900_000, 500), ttl(Date.now() - 5_000)]).toEqual([
      undefined,
      500,
      500,
      1,
    ]);
    expect(ttl(Date.now() + 400, 900_000)).toBeLessThanOrEqual(400);
  });

  it('has annotations only where the broker takes some: IBM MQ refuses a message with any', () => {
    const message = { ...outgoing, properties: { 'x-opt-mine': 'note', plain: 'yes', 'amqp-group-id': 'g', 'amqp-to': 'elsewhere' } };
    const forArtemis = toWire(message, { address: 'a' }, takesAnnotations);
    expect(forArtemis).toMatchObject({
      message_annotations: { 'x-opt-mine': 'note' },
      application_properties: { plain: 'yes' },
      group_id: 'g',
      to: 'a',
    });
    const forMq = toWire(message, { address: 'a' }, { takesAnnotations: false });
    expect(forMq.message_annotations).toBeUndefined();
    expect(forMq.application_properties).toEqual({ 'x-opt-mine': 'note', plain: 'yes' });
  });

  it('comes back as it was', () => {
    const message = {
      ...outgoing,
      type: 'Order',
      contentType: 'text/xml',
      correlationId: 'c',
      replyTo: 'r',
      priority: 7,
      persistent: true,
    };
    const wire = toWire(message, { address: 'a' }, takesAnnotations);
    const back = fromWire(sent({ ...wire, body: rhea.message.data_section(wire.body) }), most).message;
    expect(back).toMatchObject({ ...message, properties: {}, body: Buffer.from('<Order/>') });
  });
});
