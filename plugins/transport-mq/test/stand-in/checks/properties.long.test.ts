import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MQC } from '../daemon/mqi.ts';
import { isHere, Rig, reason } from './rig.ts';

const forced = { options: MQC.MQGMO_PROPERTIES_FORCE_MQRFH2 };
const inHandle = { options: MQC.MQGMO_PROPERTIES_IN_HANDLE, inHandle: true };
const text = { Format: 'MQSTR', CodedCharSetId: 1208 };

/** What an RFH2 header says, as the program reads it: numbers in the order that the descriptor names. */
function headerIn(body: Buffer, encoding: number) {
  const number = (at: number) => ((encoding & MQC.MQENC_INTEGER_REVERSED) === 0 ? body.readInt32BE(at) : body.readInt32LE(at));
  const folders: string[] = [];
  for (let at = 36; at < number(8); at += 4 + number(at)) folders.push(body.toString('utf8', at + 4, at + 4 + number(at)));
  return {
    id: body.toString('latin1', 0, 4),
    version: number(4),
    ccsid: number(16),
    format: body.toString('latin1', 20, 28),
    folders: folders.map((folder) => folder.trim()),
    lengths: folders.map(({ length }) => length % 4),
    rest: body.toString('utf8', number(8)),
  };
}

/** An RFH2 header, big-endian as a Java program writes it. */
function javaHeader(format: string, ...folders: readonly string[]): Buffer {
  const number = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(value);
    return bytes;
  };
  const parts = folders.map((folder) => Buffer.from(folder.padEnd(Math.ceil(folder.length / 4) * 4), 'utf8'));
  const tail = Buffer.concat([
    number(273),
    number(1208),
    Buffer.from(format.padEnd(8)),
    number(0),
    number(1208),
    ...parts.flatMap((part) => [number(part.length), part]),
  ]);
  return Buffer.concat([Buffer.from('RFH '), number(2), number(12 + tail.length), tail]);
}

const ofJava = { Format: 'MQHRF2', Encoding: 273, CodedCharSetId: 1208 };

describe.runIf(isHere)('properties', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start();
  });
  afterAll(() => rig.close());

  const values = { region: 'north & <south>', count: 5, urgent: true, nothing: null };

  it('that were set in a handle come in a handle, with their types', async () => {
    const { object } = await rig.opened();
    await rig.one.put(object, 'body', { descriptor: text, properties: values });
    const got = await rig.one.get(object, inHandle);
    expect(got).toMatchObject({ text: 'body', descriptor: text });
    // The package hands a null over as undefined.
    expect(got.properties).toStrictEqual({ ...values, nothing: undefined });
  });

  it('that were set in a handle come in a header where that is wanted', async () => {
    const { object } = await rig.opened();
    await rig.one.put(object, 'body', { descriptor: text, properties: values });
    const { body, descriptor } = await rig.one.get(object, forced);
    expect(descriptor.Format).toBe('MQHRF2');
    expect(headerIn(body, descriptor.Encoding)).toEqual({
      id: 'RFH ',
      version: 2,
      ccsid: 1208,
      format: 'MQSTR   ',
      folders: [
        "<usr><region>north &amp; &lt;south&gt;</region><count dt='i4'>5</count><urgent dt='boolean'>1</urgent><nothing xsi:nil='true'></nothing></usr>",
      ],
      lengths: [0],
      rest: 'body',
    });
  });

  it('make no header when there are none', async () => {
    const { object } = await rig.opened();
    await rig.one.put(object, 'body', { descriptor: text });
    expect(await rig.one.get(object, forced)).toMatchObject({ text: 'body', descriptor: text });
  });

  it('that came in a header come in a handle, and the body without the header', async () => {
    const { object } = await rig.opened();
    const header = javaHeader(
      'MQSTR',
      '<mcd><Msd>jms_text</Msd></mcd>',
      '<jms><Dst>queue:///Q</Dst><Tms>1700000000000</Tms></jms>',
      "<usr><region>north &amp; south</region><count dt='i4'>-7</count><size dt='i8'>9000000000</size></usr>",
    );
    await rig.one.put(object, Buffer.concat([header, Buffer.from('body')]), { descriptor: ofJava });
    const got = await rig.one.get(object, inHandle);
    expect(got).toMatchObject({ text: 'body', descriptor: { Format: 'MQSTR', Encoding: 273, CodedCharSetId: 1208 } });
    expect(got.properties).toMatchObject({ 'mcd.Msd': 'jms_text', 'jms.Dst': 'queue:///Q', region: 'north & south', count: -7 });
  });

  it('that came in a header come in a header again', async () => {
    const { object } = await rig.opened();
    const header = javaHeader('MQSTR', '<mcd><Msd>jms_text</Msd></mcd>', "<usr><a>1</a><b dt='bin.hex'>0AFF</b></usr>");
    await rig.one.put(object, Buffer.concat([header, Buffer.from('body')]), { descriptor: ofJava });
    const { body, descriptor } = await rig.one.get(object, forced);
    expect(headerIn(body, descriptor.Encoding)).toMatchObject({
      folders: ['<mcd><Msd>jms_text</Msd></mcd>', "<usr><a>1</a><b dt='bin.hex'>0AFF</b></usr>"],
      rest: 'body',
    });
  });

  it.each([
    ['folders that are no properties', javaHeader('MQSTR', '<private><a>1</a></private>')],
    ['a length that is not true', Buffer.concat([Buffer.from('RFH '), Buffer.alloc(40, 0xff)])],
  ])('are not looked for in a header with %s, which is left as it is', async (_, body) => {
    const { object } = await rig.opened();
    await rig.one.put(object, body, { descriptor: ofJava });
    const got = await rig.one.get(object, inHandle);
    expect([got.body, got.descriptor.Format, got.properties]).toEqual([body, 'MQHRF2', {}]);
  });

  it.each([
    ['compat', 'MQHRF2'],
    ['force', 'MQHRF2'],
    ['all', 'MQHRF2'],
    ['none', 'MQSTR'],
  ] as const)('come as the queue says (%s) when the program does not say', async (propertyControl, Format) => {
    const { object } = await rig.opened({ propertyControl });
    await rig.one.put(object, 'body', { descriptor: text, properties: { region: 'north' } });
    expect((await rig.one.get(object)).descriptor.Format).toBe(Format);
  });

  it('are dropped where nobody wants them', async () => {
    const { object } = await rig.opened();
    await rig.one.put(object, 'body', { descriptor: text, properties: { region: 'north' } });
    expect(await rig.one.get(object, { options: MQC.MQGMO_NO_PROPERTIES })).toMatchObject({ text: 'body', descriptor: text });
  });

  it('count in the length of a message that does not fit', async () => {
    const { queue, object } = await rig.opened();
    await rig.one.put(object, 'body', { descriptor: text, properties: { region: 'north' } });
    const { length, warning } = await rig.one.get(object, { ...forced, room: 10 });
    expect(warning).toBe(MQC.MQRC_TRUNCATED_MSG_FAILED);
    expect((await rig.one.get(object, { ...forced, room: length })).warning).toBe(0);
    expect(await rig.qm.depth(queue)).toBe(0);
  });

  it('have names that are Java identifiers', async () => {
    const handle = await rig.one.createHandle();
    await expect(rig.one.setProperty(handle, 'x-request-id', 'x')).rejects.toMatchObject(reason(MQC.MQRC_PROPERTY_NAME_ERROR));
    await rig.one.setProperty(handle, 'x$request_id', 'x');
    await rig.one.setProperty(handle, 'Region', 'upper');
    await rig.one.setProperty(handle, 'usr.region', 'lower');
    expect(await rig.one.propertiesOf(handle)).toEqual({ x$request_id: 'x', Region: 'upper', region: 'lower' });
    await rig.one.deleteHandle(handle);
    await expect(rig.one.setProperty(handle, 'a', 'x')).rejects.toMatchObject(reason(MQC.MQRC_HMSG_ERROR));
  });

  it('are put and seen by a test, too', async () => {
    const { queue, object } = await rig.opened();
    await rig.qm.put(queue, { body: 'body', properties: { region: 'north' } });
    expect((await rig.qm.browse(queue))[0]?.properties).toEqual({ region: 'north' });
    expect((await rig.one.get(object, inHandle)).properties).toEqual({ region: 'north' });
  });

  it('survive a crash with their message', async () => {
    const { queue, object } = await rig.opened();
    await rig.one.put(object, 'body', { descriptor: { ...text, Persistence: MQC.MQPER_PERSISTENT }, properties: { region: 'north' } });
    await rig.qm.restart();
    expect(await rig.qm.browse(queue)).toEqual([expect.objectContaining({ text: 'body', properties: { region: 'north' } })]);
  });
});
