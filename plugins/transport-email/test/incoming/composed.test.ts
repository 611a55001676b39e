import * as fc from 'fast-check';
import MailComposer from 'nodemailer/lib/mail-composer';
import { describe, expect, it } from 'vitest';
import { addressesIn } from '../../src/incoming/addresses.ts';
import { identityOf } from '../../src/incoming/identity.ts';
import { fieldOf } from '../../src/incoming/mail-tree.ts';
import { messagesIn } from '../../src/incoming/messages-in.ts';
import { harmlessName } from '../../src/incoming/parts/file-name.ts';
import { readMail } from '../../src/incoming/read-mail.ts';
import { classify } from '../../src/reports/classify.ts';

/** A line of text without blanks at its ends, which no mail keeps, and without what a composer flattens. */
const line = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 80 })
  .map((text) => text.replaceAll(/[\p{C}\p{Z}]+/gu, ' ').trim())
  .filter((text) => text !== '' && text.isWellFormed() && !text.includes('=?'));

const text = fc.array(line, { minLength: 1, maxLength: 10 }).map((lines) => lines.join('\r\n'));

const attachment = fc.record({
  filename: line.map((name) => `${name}.xml`),
  content: fc.uint8Array({ minLength: 1, maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
  contentType: fc.constantFrom('application/xml', 'text/plain', 'application/octet-stream', 'text/csv; charset=iso-8859-1'),
  contentTransferEncoding: fc.constantFrom('base64' as const, 'quoted-printable' as const),
});

const mails = fc.record({
  from: fc.record({ name: line, address: fc.constant('ada@mill.example') }),
  to: fc.constant('orders@shop.example'),
  subject: line,
  messageId: fc.uuid().map((id) => `<${id}@mill.example>`),
  text,
  html: fc.option(
    text.map((inner) => `<p>${inner}</p>`),
    { nil: undefined },
  ),
  attachments: fc.array(attachment, { minLength: 1, maxLength: 4 }),
  encoding: fc.constantFrom('base64' as const, 'quoted-printable' as const),
});

describe('what another program composes', () => {
  it('is read as it was meant', async () => {
    await fc.assert(
      fc.asyncProperty(mails, async ({ encoding, ...mail }) => {
        const bytes = await new MailComposer({ ...mail, textEncoding: encoding, disableFileAccess: true }).compile().build();
        const tree = readMail(bytes);
        expect(tree.defect).toBeUndefined();
        expect(fieldOf(tree, 'subject')?.text).toBe(mail.subject);
        expect(addressesIn(fieldOf(tree, 'from')?.value ?? '')).toEqual([mail.from]);
        expect(identityOf(tree)).toBe(mail.messageId);
        const [body] = messagesIn(tree, { take: 'body' });
        expect(
          Buffer.from(body?.body ?? [])
            .toString('utf8')
            .trimEnd(),
        ).toBe(mail.text);
        const documents = messagesIn(tree, { take: 'attachments' });
        expect(documents.map((each) => [each.fileName, Buffer.from(each.body).toString('hex'), each.defect])).toEqual(
          mail.attachments.map(({ filename, content }) => [harmlessName(filename), content.toString('hex'), undefined]),
        );
        expect(classify(tree).kind).toBe('message');
      }),
      { numRuns: 150 },
    );
  });
});
