import { describe, expect, it } from 'vitest';
import { fieldOf, fieldsOf } from '../../src/incoming/mail-tree.ts';
import { readMail } from '../../src/incoming/read-mail.ts';
import { mixed, partAt, read, textAt, wire } from './mail.ts';

const subjectOf = (value: string): string | undefined => fieldOf(read(`Subject: ${value}\n\n`), 'subject')?.text;
const nameOf = (disposition: string): string | undefined => read(`Content-Disposition: attachment; ${disposition}\n\nx`).fileName;

describe('the fields of a mail', () => {
  it('are all kept in their order, also those of one name', () => {
    const mail = read('Received: one\nFrom: a@x\nReceived: two\nFrom: b@x\nSUBJECT : hello\n\nbody');
    expect(mail.fields.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'received=one',
      'from=a@x',
      'received=two',
      'from=b@x',
      'subject=hello',
    ]);
    expect(fieldsOf(mail, 'received')).toHaveLength(2);
  });

  it('are unfolded, and keep the blanks of the fold', () => {
    expect(read('Subject: one\n two\n\tthree\n\n').fields[0]?.value).toBe('one two\tthree');
  });

  it('are read as UTF-8 where their bytes are that, else as Latin-1', () => {
    expect(fieldOf(readMail(Buffer.from('Subject: Größe 在庫\n\n')), 'subject')?.text).toBe('Größe 在庫');
    expect(subjectOf('Gr\xf6\xdfe')).toBe('Größe');
  });

  it('end at a line that is none, which begins the body', () => {
    const mail = read('From: a@x\nHello there,\nsecond line\n');
    expect(textAt(mail, '1')).toBe('Hello there,\r\nsecond line\r\n');
    expect(mail.marks).toContain('no-empty-line');
  });

  it('may be all that there is', () => {
    expect(read('From: a@x\nSubject:')).toMatchObject({
      type: 'text/plain',
      marks: [],
      fields: [{ name: 'from' }, { name: 'subject', value: '' }],
    });
    expect(readMail(new Uint8Array(0))).toMatchObject({ fields: [], parts: [], defect: undefined });
  });

  it('may stand behind the line with which mailbox files part their mails', () => {
    expect(read('From ada Tue May 12\nSubject: x\n\nbody').fields.map(({ name }) => name)).toEqual(['subject']);
  });

  it('may have no body but end in the boundary of the multipart around them', () => {
    expect(partAt(read(mixed('Content-Type: application/xml')), '1')).toMatchObject({ type: 'application/xml', marks: [] });
  });
});

describe('encoded words', () => {
  it.each([
    ['=?utf-8?B?5Zyo5bqrXzEyMDA3?= =?utf-8?Q?=2Exml?=', '在庫_12007.xml'],
    ['=?iso-8859-1?Q?Bestellung_12007=3A_Gr=F6=DFe_?=\n =?iso-8859-1?Q?ge=E4ndert?=', 'Bestellung 12007: Größe geändert'],
    ['=?ISO-2022-JP?B?GyRCOl84SxsoQg==?= 12007', '在庫 12007'],
    ['=?utf-8?Q?=C3?= =?utf-8?Q?=BC?=', 'ü'],
    ['=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?= an =?utf-8?q?alle?=', 'Grüße an alle'],
    ['=?utf-8?Q?a?= =?iso-8859-1?Q?=E4?=', 'aä'],
  ])('are read: %s', (written, text) => {
    expect(subjectOf(written)).toBe(text);
  });

  it.each([['=?x-unknown?B?YQ==?='], ['=?utf-8?X?a?='], ['=?utf-8?Q?no end'], ['=?=?=?'], ['=?utf-8?Q?']])(
    'that are none stay as they are: %s',
    (written) => {
      expect(subjectOf(written)).toBe(written);
    },
  );

  it('that end within a character or a group of base64 are read as far as they go', () => {
    expect(subjectOf('=?utf-8?Q?a=C3?=')).toBe('a\ufffd');
    expect(subjectOf('=?utf-8?B?YWJjZ?=')).toBe('abc');
    expect(subjectOf('=?utf-8?Q?a b=ZZ?=')).toBe('a b=ZZ');
  });

  it('with a line break are no second field', () => {
    expect(subjectOf('=?utf-8?B?b3JkZXIueG1sDQpCY2M6IGV2aWxAeC50ZXN0?=')).toBe('order.xml Bcc: evil@x.test');
  });
});

describe('parameters', () => {
  it.each([
    [
      `filename*0*=iso-8859-1'de'Bestellung%2012007%20Gr%F6;\n filename*1*=%DFe%20ge%E4nd; filename*2="ert.xml"; size=1`,
      'Bestellung 12007 Größe geändert.xml',
    ],
    [`filename*=UTF-8''Gr%C3%B6%C3%9Fe.xml; filename="Groesse.xml"`, 'Größe.xml'],
    [`filename="plain.xml"; filename*=utf-8''better.xml`, 'better.xml'],
    [`filename*1=b.xml; filename*0=a`, 'ab.xml'],
    [`filename*0*=utf-8''a%C3; filename*1*=%BCb.xml`, 'aüb.xml'],
    [`filename*0=a; filename*2=c`, 'a'],
    ['filename="=?utf-8?B?5Zyo5bqrXzEyMDA3?= =?utf-8?Q?=2Exml?="', '在庫_12007.xml'],
    ['filename=two words (1).xml; size=3', 'two words (1).xml'],
    ['filename="semi;colon.xml"', 'semi;colon.xml'],
    ['(a comment; filename=no.xml) filename="yes.xml" (another)', 'yes.xml'],
    [String.raw`filename="a\"b.xml"`, 'a_b.xml'],
    ['filename="never closed.xml', 'never closed.xml'],
    [`filename*=bad-charset''x%41.xml`, 'xA.xml'],
    ['filename=first.xml; filename=second.xml', 'first.xml'],
  ])('are read: %s', (written, name) => {
    expect(nameOf(written)).toBe(name);
  });

  it('of names that objects have are names like others', () => {
    const mail = read('Content-Type: text/plain; __proto__=x; constructor=y; charset=utf-8\n\n');
    expect([...mail.parameters]).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
      ['charset', 'utf-8'],
    ]);
  });
});

describe('the name of a file', () => {
  it.each([
    ['"../../../etc/cron.d/order.xml"', 'order.xml'],
    [String.raw`"C:\\out\\order.xml"`, 'order.xml'],
    [String.raw`"C:\out\order.xml"`, 'order.xml'],
    ['"=?utf-8?B?b3JkZXIueG1sDQpCY2M6IGV2aWxAeC50ZXN0?="', 'order.xml Bcc_ evil@x.test'],
    ['".."', undefined],
    ['"/"', undefined],
    ['" .hidden. "', 'hidden'],
    ['"a..b.xml"', 'a.b.xml'],
    [`*=utf-8''invoice%E2%80%AElmx.exe`, 'invoicelmx.exe'],
    ['"con:stream"', 'con_stream'],
  ])('is harmless: %s', (written, name) => {
    expect(nameOf(written.startsWith('*') ? `filename${written}` : `filename=${written}`)).toBe(name);
  });

  it('keeps its end when it is too long, and no half character', () => {
    const name = nameOf(`filename*=utf-8''${'%F0%9F%93%A6'.repeat(300)}order.xml`) ?? '';
    expect(name).toMatch(/order\.xml$/);
    expect(name.length).toBeLessThanOrEqual(200);
    expect(name.isWellFormed()).toBe(true);
  });
});

describe('a transfer encoding', () => {
  const decoded = (encoding: string, text: string) => {
    const mail = read(`Content-Type: application/xml\nContent-Transfer-Encoding: ${encoding}\n\n${text}`);
    return { text: Buffer.from(mail.bytes).toString('latin1'), marks: mail.marks };
  };

  it.each([
    ['BASE64', 'YWJj\n\n \tZGVm\nZw==\n', 'abcdefg', []],
    ['base64 (words)', 'YQ', 'a', ['cut-encoding']],
    ['base64', 'YWJjZ', 'abc', ['cut-encoding']],
    ['base64', 'YWJj.ZGVm', 'abcdef', ['junk']],
    ['base64', 'YQ==YQ==', 'a', ['after-end']],
    ['quoted-printable', 'a=20 \t\nb=\nc=3d=3D  =  \nd', 'a \r\nbc==  d', []],
    ['quoted-printable', 'end=', 'end', []],
    ['quoted-printable', 'a=XY=', 'a=XY', ['junk']],
    ['quoted-printable', 'a=4', 'a=4', ['cut-encoding']],
    ['8bit', 'a=20\xe4\0 \n', 'a=20\xe4\0 \r\n', []],
    ['binary', 'x', 'x', []],
    ['x-uuencode', 'begin', 'begin', ['unknown-encoding']],
  ])('%s is undone exactly, or marked: %j', (encoding, written, text, marks) => {
    expect(decoded(encoding, written)).toEqual({ text, marks });
  });

  it('that is not undone costs no copy', () => {
    const bytes = wire('Content-Type: application/xml\n\n<A/>');
    expect(readMail(bytes).bytes.buffer).toBe(bytes.buffer);
  });
});
