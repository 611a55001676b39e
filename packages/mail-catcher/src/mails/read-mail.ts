import { buffer } from 'node:stream/consumers';
import { type AddressObject, type AttachmentStream, type EmailAddress, MailParser, type StructuredHeader } from 'mailparser';
import type { CaughtAttachment, CaughtMail, MailAddress } from './caught-mail.ts';
import { headerLines } from './header-lines.ts';

/** What is in the bytes of a mail. */
export type ReadMail = Omit<CaughtMail, 'id' | 'receivedAt' | 'envelope'>;

/** Makes nothing of the mail that is not in it: no text out of HTML, no links, no pictures put in. */
const asItIs = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  keepDeliveryStatus: true,
  checksumAlgo: false,
} as const;

/** Reads a mail as far as it can be read. Never throws: `problem` says why there is not more of it. */
export async function readMail(source: Uint8Array): Promise<ReadMail> {
  const parser = new MailParser(asItIs);
  const attachments: CaughtAttachment[] = [];
  const problem = (await parse(parser, source, attachments)) ?? cutOff(parser, source);
  const headers = headerLines(source);
  const header = (name: string): string | undefined => headers.find((each) => each.name.toLowerCase() === name)?.value;
  const date = Date.parse(header('date') ?? '');
  return {
    from: addressesOf(parser.from),
    to: addressesOf(parser.to),
    cc: addressesOf(parser.cc),
    replyTo: addressesOf(parser.replyTo),
    subject: parser.subject ?? header('subject') ?? '',
    date: Number.isNaN(date) ? undefined : date,
    messageId: parser.messageId ?? header('message-id'),
    headers,
    text: parser.text === false ? undefined : parser.text,
    html: parser.html === false ? undefined : parser.html,
    attachments,
    source,
    problem,
  };
}

/** Resolves with what kept the parser from reading on, when all attachments that it found are there. */
async function parse(parser: MailParser, source: Uint8Array, attachments: CaughtAttachment[]): Promise<string | undefined> {
  const taking: Promise<void>[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      parser.on('data', (part: AttachmentStream | { readonly type: 'text' }) => {
        if (part.type === 'text') return;
        const taken = take(part, attachments);
        // The parser may end before the bytes of its last attachment are read.
        taking.push(taken);
        taken.catch(reject);
      });
      parser.once('end', resolve).on('error', reject);
      parser.end(source);
    });
    await Promise.all(taking);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** A multipart that was cut off looks whole to the parser. */
function cutOff({ headers }: MailParser, source: Uint8Array): string | undefined {
  const type = headers === false ? undefined : (headers.get('content-type') as StructuredHeader | undefined);
  const boundary = type?.params['boundary'];
  if (boundary === undefined || Buffer.from(source.buffer, source.byteOffset, source.byteLength).includes(`--${boundary}--`))
    return undefined;
  return 'the boundary that ends its parts is missing';
}

async function take({ filename, contentType, cid, content, release }: AttachmentStream, into: CaughtAttachment[]): Promise<void> {
  into.push({ name: filename, contentType, contentId: cid, content: await buffer(content) });
  // The parser goes on only now.
  release?.();
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The people in an address header, also those in groups. */
function addressesOf(header: AddressObject | readonly AddressObject[] | undefined): readonly MailAddress[] {
  const objects = header === undefined ? [] : [header].flat();
  return objects.flatMap(({ value }) => value.flatMap(peopleIn));
}

function peopleIn({ name, address, group }: EmailAddress): readonly MailAddress[] {
  if (group !== undefined) return group.flatMap(peopleIn);
  return name === '' && address === undefined ? [] : [{ name, address: address ?? '' }];
}
