import { describe, expect, it } from 'vitest';
import { type Choice, type MailMessage, messagesIn } from '../../src/incoming/messages-in.ts';
import { readMail } from '../../src/incoming/read-mail.ts';
import { mixed, read, wire } from './mail.ts';

const shown = ({ part, contentType, fileName, body, defect }: MailMessage) =>
  [part, contentType, fileName ?? '-', Buffer.from(body).toString('latin1'), defect?.code ?? '-'].join(' | ');

const taken = (mail: string, choice: Partial<Choice> = {}) => messagesIn(read(mail), { take: 'attachments', ...choice }).map(shown);

const xml = 'Content-Type: application/xml; name=order.xml\n\n<A/>';
const letter = 'Content-Type: text/plain; charset=iso-8859-1\n\nGr\xfc\xdfe';

describe('the documents of a mail', () => {
  it('are what is attached, and XML that is not', () => {
    expect(
      taken(
        mixed(
          letter,
          xml,
          'Content-Type: text/xml\nContent-Disposition: inline\n\n<B/>',
          'Content-Disposition: attachment; filename=a.txt\n\nabc',
        ),
      ),
    ).toEqual(['2 | application/xml | order.xml | <A/> | -', '3 | text/xml | - | <B/> | -', '4 | text/plain | a.txt | abc | -']);
  });

  it('are the mail itself where it consists of one', () => {
    expect(taken(`Content-Type: text/xml\n\n<A/>`)).toEqual(['1 | text/xml | - | <A/> | -']);
  });

  it('are not the text, its other forms, the pictures in it and its signature', () => {
    const alternative =
      'Content-Type: multipart/alternative; boundary=al\n\n--al\n\ntext\n--al\nContent-Type: text/html\n\n<p>\n--al\nContent-Type: text/calendar; name=a.ics\n\nBEGIN\n--al--';
    const related = `Content-Type: multipart/related; boundary=re\n\n--re\n${alternative}\n--re\nContent-Type: image/png; name=logo.png\nContent-Disposition: attachment\nContent-ID: <l@x>\n\npng\n--re--`;
    const signed = `Content-Type: multipart/signed; boundary=si\n\n--si\n${mixed(related, xml).replace(/^[^\n]*\n[^\n]*\n/, '')}\n--si\nContent-Type: application/pgp-signature; name=signature.asc\n\nx\n--si--`;
    expect(taken(signed)).toEqual(['1.2 | application/xml | order.xml | <A/> | -']);
    expect(
      taken(
        mixed(letter, 'Content-Type: application/pkcs7-signature; name=smime.p7s\n\nx', 'Content-Type: image/png\nContent-ID: <x>\n\npng'),
      ),
    ).toEqual([expect.stringContaining('WB_EMAIL_NO_DOCUMENT')]);
  });

  it('are those within the richest form, where a program has put them there', () => {
    const inside = `Content-Type: multipart/mixed; boundary=in\n\n--in\nContent-Type: text/html\n\n<p>\n--in\n${xml}\n--in--`;
    expect(taken(`Content-Type: multipart/alternative; boundary=al\n\n--al\n\ntext\n--al\n${inside}\n--al--`)).toEqual([
      '2.2 | application/xml | order.xml | <A/> | -',
    ]);
  });

  it('include scanned pictures that are attached', () => {
    expect(taken(mixed(letter, 'Content-Type: image/tiff\nContent-Disposition: attachment; filename=order.tif\n\nII'))).toEqual([
      '2 | image/tiff | order.tif | II | -',
    ]);
  });

  it('of an attached mail count only where that is asked for', () => {
    const forwarded = `Content-Type: message/rfc822\n\n${mixed(letter, xml)}`;
    expect(taken(mixed(letter, forwarded))).toEqual([expect.stringContaining('WB_EMAIL_NO_DOCUMENT')]);
    expect(taken(mixed(letter, forwarded), { forwarded: true })).toEqual(['2.2 | application/xml | order.xml | <A/> | -']);
  });

  it('of a report are none, not even what came back with it', () => {
    const report = `Content-Type: multipart/report; boundary=b1\n\n--b1\n\nfailed\n--b1\nContent-Type: message/delivery-status\n\nReporting-MTA: dns;x\n--b1\n${xml}\n--b1--`;
    expect(taken(report, { forwarded: true })).toEqual([expect.stringContaining('WB_EMAIL_NO_DOCUMENT')]);
  });

  it('are chosen by type and by name, whatever their case', () => {
    const mail = mixed(letter, xml, 'Content-Type: application/pdf; name=ORDER-7.PDF\n\n%PDF', 'Content-Type: text/csv; name=a.csv\n\n1;2');
    expect(taken(mail, { types: ['text/*'] }).map((line) => line[0])).toEqual(['4']);
    expect(taken(mail, { names: ['order*.pdf', '*.CSV'] }).map((line) => line[0])).toEqual(['3', '4']);
    expect(taken(mail, { types: ['application/*'], names: ['*.xml'] }).map((line) => line[0])).toEqual(['2']);
    expect(taken(mail, { types: ['application/json'] })).toEqual([expect.stringContaining('WB_EMAIL_NO_DOCUMENT')]);
    expect(taken(mail, { names: ['a*a.csv', 'order.xml*l'] })).toEqual([expect.stringContaining('WB_EMAIL_NO_DOCUMENT')]);
  });

  it('that are missing are told with what there is instead', () => {
    const [none] = messagesIn(read(mixed(letter, xml)), { take: 'attachments', types: ['application/json'] });
    expect(none?.defect?.message).toBe('The mail has no document that is taken: it holds application/xml.');
    expect(Buffer.from(none?.body ?? [])).toEqual(wire(mixed(letter, xml)));
  });

  it.each([
    ['wrapped by Outlook', 'Content-Type: application/ms-tnef; name=winmail.dat\n\nx', 'WB_EMAIL_RICH_TEXT'],
    ['wrapped by Outlook under another type', 'Content-Type: application/octet-stream; name=WINMAIL.DAT\n\nx', 'WB_EMAIL_RICH_TEXT'],
    ['empty', 'Content-Type: application/xml\n', 'WB_EMAIL_EMPTY'],
    ['in base64 that is cut', 'Content-Type: application/xml\nContent-Transfer-Encoding: base64\n\nPEEvP', 'WB_EMAIL_DAMAGED'],
    ['in an unknown encoding', 'Content-Type: application/xml\nContent-Transfer-Encoding: rot13\n\nx', 'WB_EMAIL_DAMAGED'],
    ['a multipart that cannot be parted', 'Content-Type: multipart/mixed\n\n<A/>', 'WB_EMAIL_DAMAGED'],
    ['a multipart with another boundary', 'Content-Type: multipart/mixed; boundary=c\n\n--d\n\n<A/>\n--d--', 'WB_EMAIL_DAMAGED'],
  ])('are never handed on as if they were whole: one %s', (_, part, code) => {
    expect(taken(mixed(letter, part), { types: code === 'WB_EMAIL_RICH_TEXT' ? ['application/xml'] : [] })).toEqual([
      expect.stringContaining(code),
    ]);
  });

  it('that are not whole do not hold back those that are', () => {
    const mail = `Content-Type: multipart/mixed; boundary=b1\n\n--b1\n${xml}\n--b1\nContent-Type: application/xml\n\n<B`;
    expect(taken(mail)).toEqual(['1 | application/xml | order.xml | <A/> | -', '2 | application/xml | - | <B | WB_EMAIL_DAMAGED']);
  });

  it('that may be missing are told beside those that are there', () => {
    const cut = (end: string) =>
      taken(`Content-Type: multipart/mixed; boundary=b1\n\n--b1\n${xml}\n--b1\n${end}`, { types: ['application/xml'] });
    const first = '1 | application/xml | order.xml | <A/> | -';
    for (const end of ['', 'Content-Ty', '\nHello', 'Content-Type: message/rfc822\n\nSubject: x\n\ny']) {
      expect(cut(end)).toEqual([first, expect.stringMatching(/^2 .*WB_EMAIL_DAMAGED$/s)]);
    }
    expect(taken(mixed(xml, 'Content-Type: multipart/mixed; boundary=c\n\n--d\n\n<B/>\n--d--'))).toEqual([
      first,
      expect.stringMatching(/^2 .*WB_EMAIL_DAMAGED$/s),
    ]);
  });

  it('are there beside the parts of a report that somebody forwards', () => {
    expect(taken(mixed(letter, 'Content-Type: message/delivery-status\n\nReporting-MTA: dns;x', xml))).toEqual([
      '3 | application/xml | order.xml | <A/> | -',
    ]);
  });
});

describe('a charset', () => {
  const typeOf = (type: string, bytes: Uint8Array) =>
    messagesIn(readMail(Buffer.concat([wire(`Content-Type: ${type}\nContent-Disposition: attachment\n\n`), bytes])), {
      take: 'attachments',
    })[0]?.contentType;

  it.each([
    ['text/xml; charset=us-ascii', '<?xml version="1.0" encoding="UTF-8"?><A>ö</A>', 'text/xml'],
    ['text/xml; charset=iso-8859-1', '<?xml version="1.0" encoding="UTF-8"?><A>ö</A>', 'text/xml'],
    ['text/xml; charset=utf8', '<?xml version="1.0" encoding="UTF-8"?><A>ö</A>', 'text/xml; charset=utf8'],
    ['application/edi+xml; charset="iso-8859-1"', '<A/>', 'application/edi+xml; charset=iso-8859-1'],
    ['text/plain; charset=UTF-8', 'ö', 'text/plain; charset=utf-8'],
    ['text/plain; charset=us-ascii', 'o', 'text/plain; charset=us-ascii'],
    ['text/plain; charset="a; b=c"', 'o', 'text/plain'],
    ['text/plain', 'ö', 'text/plain'],
  ])('is told where nothing shows it to be untrue: %s, %s', (type, text, told) => {
    expect(typeOf(type, Buffer.from(text))).toBe(told);
  });

  it('of UTF-8 is not told of bytes that are not', () => {
    expect(typeOf('text/plain; charset=utf-8', Buffer.from([0xf6]))).toBe('text/plain');
  });
});

describe('the body of a mail', () => {
  const body = (mail: string) =>
    messagesIn(read(mail), { take: 'body' }).map(
      (each) => `${each.contentType} | ${Buffer.from(each.body).toString()} | ${each.defect?.code}`,
    );

  it('is its text, in UTF-8 whatever it was in', () => {
    expect(body(mixed(letter, xml))).toEqual(['text/plain; charset=utf-8 | Grüße | undefined']);
    expect(body('Content-Type: text/plain; charset=ISO-2022-JP\n\n\x1b$B:_8K\x1b(B')).toEqual([
      'text/plain; charset=utf-8 | 在庫 | undefined',
    ]);
  });

  it('keeps its bytes where its charset is not known', () => {
    expect(body('Content-Type: text/plain; charset=utf-7\n\n+AGE-')).toEqual(['text/plain; charset=utf-7 | +AGE- | undefined']);
  });

  it('is the document that stands in its place, byte for byte', () => {
    expect(body('Content-Type: text/xml; charset=us-ascii\n\n<A>\xc3\xb6</A>')).toEqual(['text/xml | <A>ö</A> | undefined']);
    expect(body(mixed(xml, letter))).toEqual(['application/xml | <A/> | undefined']);
  });

  it('is the plain one of several forms, and HTML where there is no other', () => {
    const html = 'Content-Type: text/html\n\n<p>';
    expect(body(`Content-Type: multipart/alternative; boundary=al\n\n--al\n${html}\n--al\n${letter}\n--al--`)).toEqual([
      'text/plain; charset=utf-8 | Grüße | undefined',
    ]);
    expect(body(mixed(html))).toEqual(['text/html; charset=utf-8 | <p> | undefined']);
  });

  it('that is empty is told', () => {
    expect(body('Subject: x\n\n')).toEqual(['text/plain; charset=utf-8 |  | WB_EMAIL_EMPTY']);
  });
});

describe('a whole mail', () => {
  it('is the bytes that came', () => {
    const [one, ...others] = messagesIn(read(mixed(letter)), { take: 'whole' });
    expect(one).toMatchObject({ part: '', contentType: 'message/rfc822', defect: undefined });
    expect(Buffer.from(one?.body ?? [])).toEqual(wire(mixed(letter)));
    expect(others).toEqual([]);
  });
});

describe('the properties of a message', () => {
  const propertiesOf = (fields: string) =>
    messagesIn(read(`${fields}\nContent-Type: text/xml; name=a.xml\n\n<A/>`), { take: 'attachments' })[0]?.properties;

  it('are what the mail says of itself, for people', () => {
    expect(
      propertiesOf('From: =?utf-8?Q?J=C3=BCrgen?= <j@x>\nTo: a@x\nTo: b@x\nSubject: one\n two\nX-Other: no\nMessage-ID: <1@x>'),
    ).toEqual({
      from: 'Jürgen <j@x>',
      to: 'a@x, b@x',
      subject: 'one two',
      'message-id': '<1@x>',
      'file-name': 'a.xml',
    });
  });

  it('hold no control characters and no more than anybody reads', () => {
    const properties = propertiesOf(`Subject: =?utf-8?Q?a=0D=0AX:_y?=\nReferences: ${'<x@y> '.repeat(10_000)}`);
    expect(properties?.['subject']).toBe('a X: y');
    expect(properties?.['references']?.length).toBe(4_000);
  });

  it('tell that no machine may answer, whatever field says so', () => {
    expect(propertiesOf('Auto-Submitted: auto-replied (vacation)')?.['auto-submitted']).toBe('auto-replied');
    expect(propertiesOf('List-Id: <l.x>')?.['auto-submitted']).toBe('auto-generated');
    expect(propertiesOf('Auto-Submitted: no')?.['auto-submitted']).toBeUndefined();
  });
});
