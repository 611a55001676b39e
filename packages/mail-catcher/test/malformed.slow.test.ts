import { describe, expect, it } from 'vitest';
import { readMail } from '../src/mails/read-mail.ts';
import { read, sendRaw, startCatcher } from './catcher.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** What a mail may be, and what is read of it all the same. */
const mails: readonly (readonly [what: string, raw: Buffer, expected: object])[] = [
  ['nothing at all', bytes(''), { subject: '', text: undefined, headers: [] }],
  ['no headers', bytes('\r\nonly text\r\n'), { headers: [], text: 'only text\n' }],
  ['a line that is no header', bytes('Subject: a\r\nnonsense\r\nTo: b@c.test\r\n\r\n'), { subject: 'a', to: [{ address: 'b@c.test' }] }],
  ['bare line feeds', bytes('Subject: a\n b\n\ntext\n'), { subject: 'a b', text: 'text\n' }],
  ['Latin-1 in a header', bytes('X-Name: J\xfcrgen\r\n\r\n'), { headers: [{ name: 'X-Name', value: 'Jürgen' }] }],
  ['an encoded word that is cut off', bytes('Subject: =?utf-8?B?w6Q\r\n\r\n'), { subject: expect.stringContaining('?') }],
  ['a date that is none', bytes('Date: soon\r\n\r\n'), { date: undefined }],
  ['two subjects', bytes('Subject: first\r\nSubject: second\r\n\r\n'), { subject: 'first' }],
  [
    'a multipart without its end',
    multipart('--x\r\n\r\nhello\r\n'),
    { text: expect.stringContaining('hello'), problem: expect.stringContaining('boundary') },
  ],
  ['a multipart without parts', multipart(''), { problem: expect.stringContaining('boundary') }],
  ['an unknown charset', bytes('Content-Type: text/plain; charset=klingon\r\n\r\nhi\r\n'), { text: expect.stringContaining('hi') }],
  ['an unknown transfer encoding', bytes('Content-Transfer-Encoding: rot13\r\n\r\nhi\r\n'), { text: expect.stringContaining('hi') }],
  ['base64 with holes', bytes('Content-Transfer-Encoding: base64\r\n\r\naGVs*bG8\r\n'), { text: expect.stringContaining('hel') }],
  ['2,000 parts', multipart(`${'--x\r\n\r\na\r\n'.repeat(2_000)}--x--\r\n`), { subject: 'm', problem: expect.stringContaining('') }],
  ['parts nested 1,500 deep', nested(1_500), { subject: 'deep', problem: expect.any(String) }],
  ['2 MB of headers', bytes(`Subject: a\r\n${'X: y\r\n'.repeat(350_000)}\r\ntext`), { subject: 'a', problem: expect.any(String) }],
];

function multipart(body: string): Buffer {
  return bytes(`Subject: m\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n${body}`);
}

function nested(depth: number): Buffer {
  const parts = Array.from({ length: depth }, (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`);
  return bytes(`Subject: deep\r\n${parts.join('')}\r\nhi\r\n`);
}

describe('a mail with', () => {
  it.each(mails)('%s is read as far as it can be', async (_what, raw, expected) => {
    expect(await readMail(raw)).toMatchObject(expected);
  });

  it.each(mails.filter(([, { byteLength }]) => byteLength > 0))('%s is shown in every view', async (_what, raw) => {
    const catcher = await startCatcher();
    await sendRaw(catcher, raw);
    for (const view of ['html', 'text', 'source', 'headers', 'attachments']) {
      const { response, text } = await read(catcher, `mails/1?view=${view}`);
      expect(response.status).toBe(200);
      expect(text).toContain('</html>');
    }
    expect((await read(catcher, 'api/mails/1')).response.status).toBe(200);
  });
});
