import { createRequire } from 'node:module';
import type { Message } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import { compose } from '../../../plugins/transport-email/src/mail/compose.ts';
import { type Target, target } from '../../../plugins/transport-email/src/settings/target.ts';
import { median } from '../median.ts';

// CPU time for each mail, ours and that of nodemailer's composer in turns, one process, so that what the machine does besides strikes both alike.

interface Composer {
  compile(): { build(done: (error: Error | null, bytes: Buffer) => void): void };
}

const MailComposer = createRequire(new URL('../../../plugins/transport-email/package.json', import.meta.url))(
  'nodemailer/lib/mail-composer',
) as new (
  mail: object,
) => Composer;

const turns = 9;
const mails = 400;
const domain = 'shop.example.com';
const from = 'Harbour and Pine <orders@shop.example.com>';
const to = 'Ada Mill <ada@mill.example.com>';
const subject = 'Your order 12007 is on its way';
const entry = resolveSettings(target, { from, to: [to], subject, text: 'See the document.' }, { folder: '/' }) as Target;

const line = 'Hello Ada, your parcel of today has left our house, and will be with you tomorrow.\n';
const text = line.repeat(25);
const html = `<!doctype html><html><body>${`<p style="margin:0">Grüße: ${line}</p>`.repeat(25)}</body></html>`;
const xml = Buffer.from(`<Order>${'<Item n="1">Rope, 20 m</Item>'.repeat(130)}</Order>`);

interface Contest {
  /** Everything that the transport does with the message: reading and checking included. */
  readonly message: Pick<Message, 'contentType' | 'body'>;
  /** The same mail as nodemailer is told of it. */
  readonly mail: object;
}

const json = (document: object) => ({ contentType: 'application/vnd.waybill.mail+json', body: Buffer.from(JSON.stringify(document)) });

const contests: Readonly<Record<string, Contest>> = {
  'plain text, 2 kB': { message: { contentType: 'text/plain; charset=utf-8', body: Buffer.from(text) }, mail: { text } },
  'text and HTML, 5 kB': { message: json({ text, html }), mail: { text, html } },
  'a document of 4 kB attached': {
    message: { contentType: 'application/xml', body: xml },
    mail: { text: 'See the document.', attachments: [{ filename: 'Order-m-1.xml', contentType: 'application/xml', content: xml }] },
  },
};

/** Microseconds of CPU time for each mail. */
export interface ComposingCosts {
  readonly ours: number;
  readonly theirs: number;
}

function ours({ message }: Contest): number {
  const before = process.cpuUsage();
  for (let count = 0; count < mails; count++) {
    const { bytes } = compose({ ...message, id: `m-${count}`, createdAt: 1_790_000_000_000 + count, properties: {} }, entry, { domain });
    if (bytes.length < 1_000) throw new Error('a mail is missing something');
  }
  return passed(before);
}

async function theirs({ mail }: Contest): Promise<number> {
  const before = process.cpuUsage();
  for (let count = 0; count < mails; count++) {
    const ids = { messageId: `<m-${count}@${domain}>`, date: new Date(1_790_000_000_000 + count), baseBoundary: `m-${count}` };
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
    new MailComposer({ from, to, subject, ...ids, ...mail }).compile().build((error, bytes) => (error ? reject(error) : resolve(bytes)));
    if ((await promise).length < 1_000) throw new Error('a mail is missing something');
  }
  return passed(before);
}

function passed(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / mails;
}

async function measured(contest: Contest): Promise<ComposingCosts> {
  const taken = { ours: [] as number[], theirs: [] as number[] };
  for (let turn = 0; turn < turns; turn++) {
    const each = { ours: ours(contest), theirs: await theirs(contest) };
    // In the first turn everything is compiled.
    if (turn > 0) for (const name of ['ours', 'theirs'] as const) taken[name].push(each[name]);
  }
  return { ours: median(taken.ours), theirs: median(taken.theirs) };
}

const costs: Record<string, ComposingCosts> = {};
for (const [name, contest] of Object.entries(contests)) costs[name] = await measured(contest);
process.send?.(costs);
process.disconnect?.();
