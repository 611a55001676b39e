import { describe, expect, it } from 'vitest';
import { attachmentOf } from '../../src/multipart/attachment-of.ts';
import { isMultipart, readMultipart } from '../../src/multipart/read.ts';
import { refusal } from '../refusal.ts';

/** A message in lines, with the line ends of the wire. */
const wire = (...lines: readonly string[]) => Buffer.from(lines.join('\r\n'), 'utf8');

const related = 'multipart/related; type="text/xml"; boundary="b 0+1"';
const main = ['--b 0+1', 'Content-Type: text/xml; charset=UTF-8', 'Content-ID: <main@buy.example>', '', '<cXML/>', ''];
const drawing = (id: string) => [
  '--b 0+1',
  'Content-Type: application/pdf',
  `Content-ID: ${id}`,
  'Content-Transfer-Encoding: base64',
  'Content-Disposition: attachment; filename="=?UTF-8?Q?Zeichnung_=E2=84=96_7.pdf?="',
  '',
  'JVBERi0xLjQgZHJhd2luZyA3Cg==',
  '',
];
const end = '--b 0+1--';

describe('a document with a drawing', () => {
  const found = [
    ['plain', [...main, ...drawing('<drw.7@buy.example>')], 'cid:drw.7@buy.example', related],
    ['percent-encoded', [...main, ...drawing('<drw+7@buy.example>')], 'cid:drw%2B7%40buy.example', related],
    [
      'before the document',
      [...drawing('<drw.7@buy.example>'), ...main],
      'cid:drw.7@buy.example',
      `${related}; start="<main@buy.example>"`,
    ],
    ['named in capitals and brackets', [...main, ...drawing('<drw.7@buy.example>')], ' CID:<drw.7@buy.example>', related],
    [
      'with an id without brackets',
      [...main, ...drawing('drw.7@buy.example')],
      'cid:drw.7@buy.example',
      `${related}; start=main@buy.example`,
    ],
    ['with an id that holds percent signs', [...main, ...drawing('<drw%407>')], 'cid:drw%407', related],
    ['with a start that is nowhere', [...main, ...drawing('<drw.7@buy.example>')], 'cid:drw.7@buy.example', `${related}; start="<x>"`],
  ] as const;

  it.each(found)('is found: %s', (_form, lines, url, contentType) => {
    const message = readMultipart(wire('preamble, to be ignored', ...lines, end, 'epilogue'), contentType);
    expect(Buffer.from(message.document.content).toString()).toBe('<cXML/>\r\n');
    const part = attachmentOf(url, message);
    expect(part?.name).toBe('Zeichnung № 7.pdf');
    expect(Buffer.from(part?.content ?? []).toString()).toBe('%PDF-1.4 drawing 7\n');
  });

  it('that did not come is refused with 400', () => {
    const message = readMultipart(wire(...main, ...drawing('<other@x.example>'), end), related);
    expect(refusal(() => attachmentOf('cid:drw.7@buy.example', message))).toBe('WB_CXML_BAD_REQUEST');
    expect(refusal(() => attachmentOf('cid:', message))).toBe('WB_CXML_BAD_REQUEST');
  });

  it('of which there are two is refused with 400', () => {
    const message = readMultipart(wire(...main, ...drawing('<a@x>'), ...drawing('<a@x>'), end), related);
    expect(refusal(() => attachmentOf('cid:a@x', message))).toBe('WB_CXML_BAD_REQUEST');
  });

  it('is not looked for where the address is another', () => {
    const message = readMultipart(wire(...main, end), related);
    expect(attachmentOf('https://buy.example/drawing', message)).toBeUndefined();
  });
});

describe('a multipart message', () => {
  it('may end its lines with LF', () => {
    const text = wire(...main, ...drawing('<a@x>'), end)
      .toString()
      .replaceAll('\r', '');
    const { document, attachments } = readMultipart(Buffer.from(text), related);
    expect([Buffer.from(document.content).toString(), attachments[0]?.content.length]).toEqual(['<cXML/>\n', 19]);
  });

  it('may be the document of another, once', () => {
    const inner = ['--i', 'Content-ID: <main@x>', '', '<cXML/>', '--i', 'Content-ID: <in@x>', '', 'inside', '--i--'];
    const outer = ['--b 0+1', 'Content-Type: multipart/related; boundary=i', '', ...inner, ...drawing('<out@x>'), end];
    const { document, attachments } = readMultipart(wire(...outer), related);
    expect(Buffer.from(document.content).toString()).toBe('<cXML/>');
    expect(attachments.map(({ contentId }) => contentId)).toEqual(['in@x', 'out@x']);
  });

  it('may have a boundary that begins as another one does', () => {
    const lines = ['--b', 'Content-ID: <m@x>', '', '--bb', '--b-', '--b --x', 'x--b', '--b \t', '', '<second/>', '--b--'];
    const { document, attachments } = readMultipart(wire(...lines), 'multipart/related; boundary=b');
    expect(Buffer.from(document.content).toString()).toBe('--bb\r\n--b-\r\n--b --x\r\nx--b');
    expect(Buffer.from(attachments[0]?.content ?? []).toString()).toBe('<second/>');
  });

  it('may have parts that are empty', () => {
    const { document, attachments } = readMultipart(wire('--b', '', '--b', '--b', 'A: b', '--b--'), 'multipart/related; boundary=b');
    expect([document, ...attachments].map(({ content }) => content.length)).toEqual([0, 0, 0]);
  });

  it('is told by its content type', () => {
    const types = [related, 'Multipart/Mixed; boundary=a', 'text/xml', 'application/multipart', '', undefined];
    expect(types.map(isMultipart)).toEqual([true, true, false, false, false, false]);
  });

  const encoded = (encoding: string, content: Uint8Array | string) =>
    readMultipart(
      Buffer.concat([wire('--b', `Content-Transfer-Encoding: ${encoding}`, '', ''), Buffer.from(content as string), wire('', '--b--')]),
      'multipart/related; boundary=b',
    ).document.content;

  it('brings its parts in any transfer encoding', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    expect(Buffer.from(encoded('Binary', bytes))).toEqual(Buffer.from(bytes));
    expect(Buffer.from(encoded('BASE64', `${Buffer.from(bytes).toString('base64').replaceAll(/.{60}/g, '$&\r\n ')}\r\n`))).toEqual(
      Buffer.from(bytes),
    );
    expect(Buffer.from(encoded('quoted-printable', 'N=C3=A4he=\r\n \t\r\nund =3D=\n ferne  \r\n=20')).toString()).toBe(
      'Nähe\r\nund = ferne\r\n ',
    );
    expect(Buffer.from(encoded('base64', 'QQ')).toString()).toBe('A');
  });

  it.each([
    ['base64', 'A'],
    ['base64', 'AAAA*AAA'],
    ['base64', 'QQ=='.repeat(2)],
    ['base64', 'QQQ=='],
    ['quoted-printable', 'a=b'],
    ['quoted-printable', 'a=0'],
  ])('whose content is no %s is refused with 406: %s', (encoding, content) => {
    expect(refusal(() => encoded(encoding, content))).toBe('WB_CXML_NOT_ACCEPTABLE');
  });

  it('in an encoding that nobody knows is refused with 400', () => {
    expect(refusal(() => encoded('x-uuencode', 'a'))).toBe('WB_CXML_BAD_REQUEST');
  });
});

describe('the name of a file', () => {
  const named = (...headers: readonly string[]) =>
    readMultipart(wire('--b', ...headers, '', '', '--b--'), 'multipart/related; boundary=b').document.name;

  it.each([
    ['drawing.pdf', 'Content-Disposition: attachment; filename=drawing.pdf'],
    ['a "b"; c.pdf', 'Content-Disposition: attachment; filename="a \\"b\\"; c.pdf"; x=1'],
    ['Nähe.pdf', "Content-Disposition: attachment; filename=old.pdf; filename*=UTF-8''N%C3%A4he.pdf"],
    ['Nähe.pdf', "Content-Disposition: attachment; filename*=iso-8859-1'de'N%E4he.pdf"],
    [
      'Zeichnung Nähe.pdf',
      'Content-Disposition: attachment; filename*0*=UTF-8\'de\'Zeichnung%20; filename*1*=N%C3%A4; filename*2="he.pdf"',
    ],
    ['Nähe 7.pdf', 'Content-Disposition: attachment; filename="=?iso-8859-1?q?N=E4he?= =?UTF-8*de?B?IDcucGRm?="'],
    ['Nähe.pdf', 'Content-Disposition: attachment; filename="Nähe.pdf"'],
    ['drawing.pdf', 'content-type: application/pdf; NAME="drawing.pdf"'],
    ['drawing 7.pdf', 'Content-Type: application/pdf;\r\n\tname="drawing\r\n 7.pdf"'],
    ['passwd', 'Content-Disposition: attachment; filename="../../etc/passwd"'],
    ['passwd', 'Content-Disposition: attachment; filename="C:\\\\etc\\\\passwd"'],
    [undefined, 'Content-Disposition: attachment; filename=".."'],
    [undefined, 'Content-Disposition: attachment'],
    ["UTF-8''%zz", 'Content-Disposition: attachment; filename="UTF-8\'\'%zz"'],
    ['%FF.pdf', "Content-Disposition: attachment; filename*=UTF-8''%FF.pdf"],
    ['=?x-none?q?a?=', 'Content-Disposition: attachment; filename="=?x-none?q?a?="'],
  ])('is %s', (name, header) => {
    expect(named(header)).toBe(name);
  });

  it('in Latin-1 is read as such where it is no UTF-8', () => {
    const body = Buffer.concat([wire('--b', 'Content-Disposition: x; filename="N'), Buffer.of(0xe4), wire('he.pdf"', '', '', '--b--')]);
    expect(readMultipart(body, 'multipart/related; boundary=b').document.name).toBe('Nähe.pdf');
  });
});
