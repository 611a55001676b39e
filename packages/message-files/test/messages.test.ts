import { MessageError, type MessagePackDefinition } from '@waybill/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { context, fileWith, messageOf, read, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

const command = 'command: return.receive';
const id = '- Id: returnId as id';

/** What a document with this behind its id means, and the document that is written for that. */
function roundTrip(pack: MessagePackDefinition, inner: string): { readonly input: unknown; readonly again: string } {
  const found = read(pack, `<Return>\n  <Id>7</Id>${inner}\n</Return>`);
  const { body } = pack.compose({ name: 'Return', version: '1.0' }, found, context);
  return {
    input: found.input,
    again: (body as string)
      .replace(/^.*<Id>7<\/Id>\s*/s, '')
      .replace(/\s*<\/Return>\s*$/, '')
      .replaceAll(/>\s+</g, '><'),
  };
}

describe('what a message sets', () => {
  const pack = () => workshop.pack(fileWith([command, 'set: { channel: web, urgent: false }'], [id]));

  it('is in every input, and on no wire', () => {
    expect(roundTrip(pack(), '')).toEqual({ input: { returnId: '7', channel: 'web', urgent: false }, again: '' });
  });

  it('cannot be another value when the message is written', () => {
    const write = () =>
      pack().compose({ name: 'Return', version: '1.0' }, { command: 'return.receive', input: { returnId: '7', channel: 'shop' } }, context);
    expect(write).toThrowError(expect.objectContaining({ code: 'WB_MESSAGE_FILE_BAD_DATA', at: 'channel' }));
  });
});

describe('a command that is chosen', () => {
  const chosen = () =>
    workshop.pack(
      fileWith(
        ['command:', '  - { is: return.refuse, when: { status: DAMAGED } }', '  - { is: return.receive }'],
        [id, '- "@status?": status as code(OK DAMAGED)'],
      ),
    );

  it.each([
    ['OK', 'return.receive'],
    ['DAMAGED', 'return.refuse'],
  ])('by a field: %s asks for %s', (status, name) => {
    const found = read(chosen(), `<Return status="${status}"><Id>7</Id></Return>`);
    expect(found.command).toBe(name);
    expect(read(chosen(), chosen().compose({ name: 'Return', version: '1.0' }, found, context).body as string)).toEqual(found);
  });

  it('by a field cannot be another one when it is written', () => {
    const write = () =>
      chosen().compose({ name: 'Return', version: '1.0' }, { command: 'return.refuse', input: { returnId: '7', status: 'OK' } }, context);
    expect(write).toThrowError(expect.objectContaining({ code: 'WB_MESSAGE_FILE_BAD_DATA' }));
  });

  it('by a child reads and writes that child', () => {
    const pack = workshop.pack(
      'messages:\n  - message: Return\n    version: "1.0"\n    body:\n      one of:\n        Good: { command: return.receive }\n        Bad: { command: return.refuse, has: [{ Remark: remark }] }\n      each has:\n        - Id: returnId as id\n',
    );
    const found = read(pack, '<Return><Bad><Id>7</Id><Remark>broken</Remark></Bad></Return>');
    expect(found).toEqual({ command: 'return.refuse', input: { returnId: '7', remark: 'broken' } });
    expect(read(pack, pack.compose({ name: 'Return', version: '1.0' }, found, context).body as string)).toEqual(found);
  });
});

describe('what a message has no place for', () => {
  const document =
    '<Return lang="en"><Id>7</Id><Colour shade="dark">red</Colour><Item><Sku>A</Sku><Size><W>1</W><W>2</W></Size></Item></Return>';
  const nodes = ['- Id: returnId as id', '- Item*: { into: "items[]", has: [{ Sku: sku as id }] }', '- UserData?: { user data: userData }'];
  const surplus = {
    'Return@lang': 'en',
    'Return/Colour': 'red',
    'Return/Colour@shade': 'dark',
    'Return/Item/Size/W': '1',
    'Return/Item/Size/W[2]': '2',
  };

  it('is refused', () => {
    expect(() => read(workshop.pack(fileWith([command], nodes)), document)).toThrowError(
      expect.objectContaining({ code: 'WB_XML_UNKNOWN_ATTRIBUTE' }),
    );
  });

  it('is told and kept out of the input where it is ignored', () => {
    const found = read(workshop.pack(fileWith([command, 'unmapped: ignore'], nodes)), document);
    expect(found).toEqual({ command: 'return.receive', input: { returnId: '7', items: [{ sku: 'A' }] }, surplus: { unknown: surplus } });
  });

  it('is user data under its path where it is passed on', () => {
    const found = read(workshop.pack(fileWith([command, 'unmapped: pass'], nodes)), document);
    expect(found).toEqual({
      command: 'return.receive',
      input: { returnId: '7', items: [{ sku: 'A' }], userData: surplus },
      surplus: { unknown: surplus },
    });
  });

  it('is no excuse for what is known and wrong', () => {
    const pack = workshop.pack(fileWith([command, 'unmapped: ignore'], nodes));
    expect(() => read(pack, '<Return><Item><Sku>A</Sku></Item><Id>7</Id></Return>')).toThrowError(
      expect.objectContaining({ code: 'WB_XML_MISSING_ELEMENT', at: 'Return/Id, 1:9' }),
    );
    expect(() => read(pack, '<Return>\n<x/>\n<Id>7</Id>\n<Item><y/><Sku></Sku></Item></Return>')).toThrowError(
      expect.objectContaining({ code: 'WB_XML_BAD_VALUE', at: 'Return/Item[1]/Sku, 4:11' }),
    );
  });
});

describe('the store of a message', () => {
  it('is a field, the first of several that is there, or what all agree on', () => {
    const items = '- Item*: { into: "items[]", has: [{ Sku: sku as id }] }';
    const storeOf = (keys: string, document: string) =>
      read(
        workshop.pack(fileWith([command, `keys: { store: ${keys} }`], [id, '- Shop?: storeId', items])),
        `<Return><Id>7</Id>${document}</Return>`,
      ).store;
    expect(storeOf('storeId', '<Shop>10151</Shop>')).toBe('10151');
    expect(storeOf('[storeId, returnId]', '')).toBe('7');
    expect(storeOf('{ same: "items[].sku" }', '<Item><Sku>A</Sku></Item><Item><Sku>A</Sku></Item>')).toBe('A');
    expect(storeOf('{ same: "items[].sku" }', '<Item><Sku>A</Sku></Item><Item><Sku>B</Sku></Item>')).toBeUndefined();
  });
});

describe('a message in the frame wcs', () => {
  const yaml = fileWith([command, 'frame: wcs', 'credentials: ["LogonId?", "OrgName?"]'], [id]).replace(
    'message: Return',
    'message: Update_ACME_Return',
  );

  it('has verb, noun, credentials and a data area', () => {
    const pack = workshop.pack(yaml);
    const found = { command: 'return.receive', input: { returnId: '7' }, credentials: { logonId: 'erp', orgName: 'Acme' } };
    const { body } = pack.compose({ name: 'Update_ACME_Return', version: '1.0' }, found, context);
    expect(body).toContain('<!DOCTYPE Update_ACME_Return SYSTEM "Update_ACME_Return_10.dtd">\n<Update_ACME_Return version="1.0">');
    expect(read(pack, body as string)).toEqual(found);
  });

  it('is known by its DOCTYPE where it says no version, and refused in another version', () => {
    const pack = workshop.pack(yaml);
    const document = '<!DOCTYPE Update_ACME_Return SYSTEM "Update_ACME_Return_10.dtd"><Update_ACME_Return/>';
    expect(pack.recognise(messageOf(document), {})).toEqual({ name: 'Update_ACME_Return', version: '1.0' });
    expect(() => pack.recognise(messageOf('<Update_ACME_Return version="2.0"/>'), {})).toThrowError(
      expect.objectContaining({ code: 'WB_MESSAGE_FILE_UNKNOWN_VERSION', kind: 'unknown' }),
    );
    for (const other of [document.replace('_10.dtd', '_20.dtd'), '<Update_ACME_Return/>'])
      expect(() => pack.recognise(messageOf(other), {})).toThrowError('The message Update_ACME_Return does not say its version.');
    expect(pack.recognise(messageOf('<Other/>'), {})).toBeUndefined();
  });
});

describe('an event', () => {
  const yaml =
    `${fileWith(['event: return.announced', 'leaves out: [note, customer.name]', 'frame: wcs'], ['- Id: returnId', '- Mail: customer.email'])}    reply:
      message: Request_ACME_Return_Reply
      version: "1.0"
      root: Request_ACME_Return
      frame: { wcs: { verb: Reply } }
      body: [{ Allowed: allowed as yes-no(Y N) }]
`.replace('message: Return', 'message: Request_ACME_Return');
  const type = { name: 'Request_ACME_Return', version: '1.0' };

  it('is written without what is left out, and refused with what has no place', () => {
    const pack = workshop.pack(yaml);
    const data = { returnId: '7', note: 'x', customer: { email: 'a@b.example', name: 'A' } };
    const { body } = pack.compose(type, data, context);
    expect(read(pack, body as string)).toEqual({
      command: 'return.announced',
      input: { returnId: '7', customer: { email: 'a@b.example' } },
    });
    expect(() => pack.compose(type, { ...data, more: 1 }, context)).toThrowError(expect.objectContaining({ code: 'WB_XML_BAD_VALUE' }));
    expect(data.note).toBe('x');
  });

  it('leaves out the rest where the file says so', () => {
    const pack = workshop.pack(yaml.replace('[note, customer.name]', 'rest'));
    const { body } = pack.compose(type, { returnId: '7', customer: { email: 'a@b.example', name: 'A', age: 3 }, more: [1] }, context);
    expect(read(pack, body as string).input).toEqual({ returnId: '7', customer: { email: 'a@b.example' } });
  });

  it('is told from its reply by the verb', () => {
    const pack = workshop.pack(yaml);
    const reply = pack.compose({ name: 'Request_ACME_Return_Reply', version: '1.0' }, { input: { allowed: true } }, context).body as string;
    expect(pack.recognise(messageOf(reply), {})).toEqual({ name: 'Request_ACME_Return_Reply', version: '1.0' });
    expect(read(pack, reply).input).toEqual({ allowed: true });
    expect(pack.messages.map(({ name, direction, reply: to }) => [name, direction, to?.name])).toEqual([
      ['Request_ACME_Return', 'out', 'Request_ACME_Return_Reply'],
      ['Request_ACME_Return_Reply', 'in', undefined],
    ]);
  });
});

describe('an answer', () => {
  const yaml = `${fileWith([command], [id])}    reply:
      message: ReturnAnswer
      version: "1.0"
      body:
        - "@status": { value: OK }
        - Accepted: accepted as yes-no(Y N)
        - Label?: label
    error reply:
      message: ReturnAnswer
      version: "1.0"
      body:
        - "@status": { value: ERROR }
        - Code: code
        - Text: message
`;
  const ref = { name: 'Return', version: '1.0' };
  const found = { command: 'return.receive', input: { returnId: '7' } };

  it('is made of what the handler answered with', () => {
    const pack = workshop.pack(yaml);
    const draft = pack.reply?.(ref, { ok: true, output: { accepted: true }, read: found }, context);
    expect(draft).toMatchObject({ type: 'ReturnAnswer', contentType: 'application/xml; charset=utf-8' });
    expect(read(pack, draft?.body as string)).toEqual({ command: '', input: { accepted: true } });
  });

  it('is made of what went wrong', () => {
    const pack = workshop.pack(yaml);
    const error = new MessageError('WB_X', 'It went wrong: \u0000.', { hint: 'Try again.' });
    const draft = pack.reply?.(ref, { ok: false, error, read: found }, context);
    expect(read(pack, draft?.body as string)).toEqual({ command: '', input: { code: 'WB_X', message: 'It went wrong: \uFFFD.' } });
  });

  it('is none where the message has none', () => {
    const pack = workshop.pack(fileWith([command], [id]));
    expect(pack.reply?.(ref, { ok: true, output: { accepted: true }, read: found }, context)).toBeUndefined();
  });
});
