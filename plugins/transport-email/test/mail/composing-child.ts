import { createHash } from 'node:crypto';
import { composed, documentOf, messageOf, refusal } from './rig.ts';

/** What a process of its own tells of one large mail: how it ended, and how much memory it took at most, in MB. */
const size = 100 * 1024 ** 2;
const bytes = () => Buffer.alloc(size, 'Order ');
const large = () => ({ text: 'x', attachments: [{ fileName: 'a.bin', content: bytes().toString('base64') }] });

const works: Readonly<Record<string, () => string>> = {
  /** What everybody pays who holds such a message in his hands. */
  message: () => String(documentOf(large()).body.length),
  refused: () => refusal(() => composed(documentOf(large()))).code,
  document: () => digest(composed(documentOf(large()), { entry: { limit: '200MB' } }).bytes),
  attached: () =>
    digest(composed(messageOf({ contentType: 'application/octet-stream', body: bytes() }), { entry: { limit: '200MB' } }).bytes),
  /** Three bytes make an object of sixty: sixteen million of them would not fit into the process. */
  values: () =>
    refusal(() =>
      composed(
        messageOf({ contentType: 'application/vnd.waybill.mail+json', body: Buffer.from(`{"to":[${'{},'.repeat(16_000_000)}{}]}`) }),
      ),
    ).code,
  recipients: () => {
    const to = Array.from({ length: 100_000 }, (_, index) => `Recipient ${index} <r${index}@x${index % 100}.example>`);
    const { recipients } = composed(documentOf({ to, text: 'x' }), { entry: { maxRecipients: 100_000 } });
    return String(recipients.length);
  },
};

/** The hash of what a reader gets: the decoded base64 behind the last empty line in front of it. */
function digest(mail: Uint8Array): string {
  const source = Buffer.from(mail.buffer, mail.byteOffset, mail.byteLength);
  const from = source.indexOf('\r\n\r\n', source.indexOf('Content-Transfer-Encoding: base64')) + 4;
  const end = source.indexOf('\r\n--', from);
  return createHash('sha256')
    .update(Buffer.from(source.toString('latin1', from, end === -1 ? source.length : end), 'base64'))
    .digest('hex');
}

const outcome = works[process.argv[2] ?? '']?.();
process.stdout.write(JSON.stringify({ outcome, peak: Math.round(process.resourceUsage().maxRSS / 1024) }));
