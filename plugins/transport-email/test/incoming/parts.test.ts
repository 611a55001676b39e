import { describe, expect, it } from 'vitest';
import { fieldOf, partsOf } from '../../src/incoming/mail-tree.ts';
import { readMail } from '../../src/incoming/read-mail.ts';
import { mixed, partAt, read, textAt, wire } from './mail.ts';

describe('the parts of a mail', () => {
  it('are numbered as IMAP does', () => {
    const inner =
      'Content-Type: message/rfc822\n\nSubject: inner\nContent-Type: multipart/mixed; boundary=b2\n\n--b2\n\none\n--b2\n\ntwo\n--b2--';
    const mail = read(mixed('\nfirst', inner));
    expect(partsOf(mail).map(({ path }) => path)).toEqual(['', '1', '2']);
    expect(partsOf(partAt(mail, '2').mail ?? mail).map(({ path }) => path)).toEqual(['2', '2.1', '2.2']);
    expect(read('Subject: x\n\nbody').path).toBe('1');
  });

  it('end before the line end in front of the boundary, whichever it is', () => {
    for (const end of ['\n', '\r\n']) {
      const mail = readMail(
        Buffer.from(
          ['Content-Type: multipart/mixed; boundary=b', '', 'preamble', '--b', '', 'one', '', '--b  ', '', '--b--', 'epilogue'].join(end),
        ),
      );
      expect(mail.parts.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([`one${end}`, '']);
      expect(mail.marks).toEqual([]);
    }
  });

  it('are not parted by lines that only look like a boundary', () => {
    expect(textAt(read(mixed('\n--b\n--b1x\n --b1\nx--b1\n--b1 -- x')), '1')).toBe('--b\r\n--b1x\r\n --b1\r\nx--b1\r\n--b1 -- x');
  });

  it('end at the boundary of the multipart around theirs, which is then marked', () => {
    const mail = read(mixed('Content-Type: multipart/mixed; boundary=b2\n\n--b2\n\ninner', '\nouter'));
    expect(partAt(mail, '1').marks).toEqual(['not-closed']);
    expect(textAt(mail, '1.1')).toBe('inner');
    expect(textAt(mail, '2')).toBe('outer');
  });

  it('that a broken program writes behind the end of a multipart are there, and it is marked', () => {
    const mail = read(`${mixed('\none')}epilogue\n--b1\n\ntwo\n--b1--\nepilogue`);
    expect(mail.parts.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['one', 'two']);
    expect(mail.marks).toEqual(['after-end']);
    const inner = 'Content-Type: multipart/mixed; boundary=b2\n\n--b2\n\ninner\n--b2--\nepilogue';
    expect(read(mixed(inner, '\nouter')).parts.map(({ marks, parts }) => [marks, parts.length])).toEqual([
      [[], 1],
      [[], 0],
    ]);
  });

  it('stay apart where a mail that is forwarded has the boundary of the one around it', () => {
    const mail = read(mixed(`Content-Type: message/rfc822\n\n${mixed('\ninner')}`, '\nouter'));
    expect(mail.parts.map(({ type }) => type)).toEqual(['message/rfc822', 'text/plain']);
    expect(textAt(mail, '2')).toBe('outer');
    expect(mail.marks).toEqual([]);
  });

  it('of a digest are mails', () => {
    const mail = read('Content-Type: multipart/digest; boundary=d\n\n--d\n\nSubject: one\n\nbody\n--d--\n');
    expect(partAt(mail, '1')).toMatchObject({ type: 'message/rfc822', mail: { fields: [{ name: 'subject' }] } });
  });

  it('of an attached mail are read whatever its disposition and its transfer encoding', () => {
    const inner = 'Subject: inner\nMessage-ID: <in@x>\n\nbody';
    for (const header of ['Content-Disposition: inline', 'Content-Disposition: attachment', 'X: y']) {
      expect(
        fieldOf(partAt(read(mixed(`Content-Type: message/rfc822\n${header}\n\n${inner}`)), '1').mail ?? read(''), 'message-id')?.value,
      ).toBe('<in@x>');
    }
    const encoded = wire(inner).toString('base64');
    const mail = partAt(read(mixed(`Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n${encoded}`)), '1');
    expect(mail.mail?.fields[1]?.value).toBe('<in@x>');
    expect(Buffer.from(mail.bytes).equals(wire(inner))).toBe(true);
  });

  it('without a usable type are bytes, without any text', () => {
    expect(read('Content-Type: xml\n\nx').type).toBe('application/octet-stream');
    expect(read('X: y\n\nx').type).toBe('text/plain');
    expect(read('CONTENT-TYPE: Text/XML (comment)\n\nx').type).toBe('text/xml');
  });

  it('of a multipart that names no boundary, or has none of its own, are missing, and it is marked', () => {
    expect(read('Content-Type: multipart/mixed\n\n--b\n\nx\n--b--').marks).toContain('no-boundary');
    expect(read('Content-Type: multipart/mixed; boundary=c\n\n--b\n\nx\n--b--').marks).toContain('no-parts');
    expect(read('Content-Type: multipart/mixed; boundary=b\n\n-%b\n\nx\n--b--')).toMatchObject({
      marks: ['no-parts'],
      bytes: wire('-%b\n\nx'),
    });
  });
});

describe('a mail that ends too early', () => {
  it('has its last part marked, and the others whole', () => {
    const mail = read('Content-Type: multipart/mixed; boundary=b\n\n--b\n\nfirst\n--b\nContent-Transfer-Encoding: base64\n\nYWJjZGVmZ');
    expect(mail.marks).toEqual(['not-closed']);
    expect(mail.parts.map(({ marks }) => marks)).toEqual([[], ['cut-short', 'cut-encoding']]);
  });
});
