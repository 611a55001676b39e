import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { composed, documentOf, headerIn, messageOf, refusal, sourceOf } from './rig.ts';

const parsed = (message: Parameters<typeof composed>[0], entry: object = {}) =>
  simpleParser(Buffer.from(composed(message, { entry }).bytes));
const filesOf = async (message: Parameters<typeof composed>[0], entry: object = {}) =>
  (await parsed(message, entry)).attachments.map(({ filename, contentType, content }) => [
    filename,
    contentType,
    content.toString('latin1'),
  ]);

describe('a message that is a text', () => {
  it('is the text of its mail', async () => {
    const { text, attachments } = await parsed(messageOf({ body: 'Hello,\nAda' }));
    expect([text, attachments]).toEqual(['Hello,\nAda\n', []]);
  });

  it('is read in its charset', async () => {
    const message = messageOf({ contentType: 'text/plain; charset="ISO-8859-1"', body: Buffer.from('Größe', 'latin1') });
    expect((await parsed(message)).text?.trim()).toBe('Größe');
  });

  it('is whole where it looks like the boundary that follows from its id', async () => {
    const boundary = `--=_wb.${composed(messageOf()).reference}.m`;
    const body = `a\n${boundary}--\n${boundary}\nContent-Type: text/html\n\nevil\n`;
    const message = documentOf({ text: body, attachments: [{ fileName: 'a', content: '' }] });
    const { text, html, attachments } = await parsed({ ...message, id: 'm-1' });
    expect([text, html, attachments.length]).toEqual([body, false, 1]);
  });

  it.each([
    ['has bytes that are not in its charset', 'text/plain; charset=utf-8', Buffer.from([0xff, 0xfe, 0xfd])],
    ['has a charset that nobody knows', 'text/plain; charset=klingon', Buffer.from('x')],
  ])('is refused when it %s', (_, contentType, body) => {
    expect(refusal(() => composed(messageOf({ contentType, body })))).toMatchObject({ code: 'WB_EMAIL_TEXT', kind: 'unreadable' });
  });
});

describe('a message that is HTML', () => {
  it('comes with a text that says the same', async () => {
    const source = sourceOf(messageOf({ contentType: 'text/html', body: '<p>Hello <b>Ada</b></p><ul><li>one</ul>' }));
    const { text, html } = await simpleParser(source);
    expect([text, html]).toEqual(['Hello Ada\n\n- one\n', '<p>Hello <b>Ada</b></p><ul><li>one</ul>']);
    expect(source.indexOf('text/plain')).toBeLessThan(source.indexOf('text/html'));
  });
});

describe('a message that is a document', () => {
  const xml = messageOf({ id: 'm/7', type: 'Report_NC_PurchaseOrder', contentType: 'application/xml; charset=utf-8', body: '<Größe/>' });

  it('is attached as it is, and says no charset beside its own', async () => {
    expect(headerIn(sourceOf(xml), 'Content-Type')).toMatch(/^application\/xml; name=/);
    expect(await filesOf(xml)).toEqual([
      ['Report_NC_PurchaseOrder-m-7.xml', 'application/xml', Buffer.from('<Größe/>').toString('latin1')],
    ]);
  });

  it('has the text of the entry beside it', async () => {
    expect((await parsed(xml, { text: 'See the order.' })).text).toBe('See the order.');
  });

  it('keeps every byte', async () => {
    const body = Buffer.from(Array.from({ length: 1_000 }, (_, index) => index % 256));
    expect(await filesOf(messageOf({ contentType: undefined, body, type: 'Legacy' }))).toEqual([
      ['Legacy-m-1.bin', 'application/octet-stream', body.toString('latin1')],
    ]);
  });

  it('is called by its property, or by the pattern of the entry', async () => {
    const named = (properties: Record<string, string>, entry: object = {}) => filesOf({ ...xml, properties, correlationId: 'c-1' }, entry);
    expect((await named({ 'file-name': 'orders 7.xml' }))[0]?.[0]).toBe('orders 7.xml');
    expect((await named({}, { fileName: '{correlation}.{extension}' }))[0]?.[0]).toBe('c-1.xml');
    expect(refusal(() => composed({ ...xml, properties: { 'file-name': '../x' } })).code).toBe('WB_EMAIL_HEADER');
  });

  it('says its charset where it is a text', async () => {
    expect(headerIn(sourceOf(messageOf({ contentType: 'text/csv; charset=UTF-8' })), 'Content-Type')).toMatch(
      /^text\/csv; charset=utf-8; name=/,
    );
  });

  it('has a name of 255 bytes at most, however long its id and its type are', async () => {
    const [file] = await filesOf({ ...xml, id: '北'.repeat(500), type: '😀'.repeat(300) });
    expect(file?.[0]).toBe(`${'😀'.repeat(20)}-${'北'.repeat(26)}.xml`);
  });

  it('is called by its type in the subject, unless somebody says another one', () => {
    const subject = (message: typeof xml, entry: object = {}) => headerIn(sourceOf(message, { entry }), 'Subject');
    expect(subject(xml)).toBe('Report_NC_PurchaseOrder');
    expect(subject(xml, { subject: 'An order' })).toBe('An order');
    expect(subject({ ...xml, properties: { subject: 'Order 7' } }, { subject: 'An order' })).toBe('Order 7');
  });
});

describe('what a mail document does not say', () => {
  const entry = { to: ['e@x.example'], cc: ['ec@x.example'], replyTo: ['er@x.example'], subject: 'entry', language: 'en' };
  const properties = { to: 'p@x.example', subject: 'property', 'reply-to': 'pr@x.example' };

  it('the properties say, and then the entry', () => {
    const source = sourceOf(documentOf({ text: 'x', to: 'd@x.example' }, properties), { entry });
    const found = ['To', 'Cc', 'Reply-To', 'Subject', 'Content-Language'].map((name) => headerIn(source, name));
    expect(found).toEqual(['d@x.example', 'ec@x.example', 'pr@x.example', 'property', 'en']);
  });

  it('is nothing where it says so', () => {
    expect(headerIn(sourceOf(documentOf({ text: 'x', cc: [], subject: '' }, properties), { entry }), 'Cc')).toBeUndefined();
    expect(headerIn(sourceOf(documentOf({ text: 'x', cc: [], subject: '' }, properties), { entry }), 'Subject')).toBeUndefined();
  });
});

describe('the copy of a message that failed', () => {
  const failed = { 'waybill-code': 'WB_XML_MALFORMED', 'waybill-reason': 'It is cut short.' };
  const wire = {
    to: 'evil@x.example',
    from: 'evil@x.example',
    bcc: 'evil@x.example',
    subject: 'win',
    'auto-submitted': 'auto-replied',
    'file-name': '../x',
  };

  it('goes to nobody that whoever sent it names, and is attached', async () => {
    const document = { to: 'evil@x.example', subject: 'win', text: 'hello' };
    const mail = composed(documentOf(document, { ...wire, ...failed }), { entry: { subject: 'A message failed', text: 'Look at it.' } });
    expect(mail.recipients.map(({ wire: each }) => each)).toEqual(['ada@mill.example.com']);
    expect(mail.sender).toBe('orders@shop.example.com');
    const { subject, text, attachments } = await simpleParser(Buffer.from(mail.bytes));
    expect([subject, text]).toEqual(['A message failed', 'Look at it.\n\nWB_XML_MALFORMED: It is cut short.']);
    expect(attachments.map(({ content }) => JSON.parse(content.toString()) as unknown)).toEqual([document]);
  });

  it('is sent whatever type and name it has', async () => {
    const message = messageOf({
      contentType: 'multipart/mixed; boundary=x',
      type: 'a/../b\0',
      body: 'x',
      properties: { ...wire, ...failed },
    });
    expect(await filesOf(message)).toEqual([['a-..-b--m-1.bin', 'application/octet-stream', 'x']]);
  });
});

describe('mails about one thing', () => {
  it('are one thread, since all refer to the same mail', () => {
    const of = (thread: string) => headerIn(sourceOf(documentOf({ text: 'x', thread })), 'References');
    expect([of('order-1') === of('order-1'), of('order-1') === of('order-2')]).toEqual([true, false]);
    expect(of('order-1')).toMatch(/^<thread\.[0-9a-f]{26}@shop\.example\.com>$/);
  });

  it('refer to those before them', () => {
    const source = sourceOf(messageOf({ properties: { 'in-reply-to': '<b@x>', references: '<a@x> <b@x>' } }));
    expect([headerIn(source, 'In-Reply-To'), headerIn(source, 'References')]).toEqual(['<b@x>', '<a@x> <b@x>']);
  });
});

describe('an invitation', () => {
  const text = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n';

  it('stands beside text and HTML, with its method', () => {
    const source = sourceOf(documentOf({ text: 'Come', html: '<p>Come</p>', calendar: { method: 'REQUEST', text } }));
    expect(source).toContain('Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n');
    expect(source.match(/multipart\/\w+/g)).toEqual(['multipart/alternative']);
  });

  it('is refused where text and method differ', () => {
    expect(refusal(() => composed(documentOf({ calendar: { method: 'CANCEL', text } }))).code).toBe('WB_EMAIL_DOCUMENT');
  });
});
