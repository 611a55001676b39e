import type { WaybillError } from '@waybill/contract/errors';
import { errors } from '../errors.ts';
import { documentsIn, isRichText, mainBody } from './documents.ts';
import { propertiesOf } from './mail-properties.ts';
import { type MailTree, type Mark, type Part, partsOf } from './mail-tree.ts';
import { isXml, textIn, trueCharset } from './parts/charset.ts';

/** What of a mail becomes messages. */
export interface Choice {
  /**
   * - body: what is to be read first: the text, or the document that stands in its place.
   * - attachments: each document, one message for each; a document in place of the body is one.
   * - whole: the mail as it came.
   */
  readonly take: 'body' | 'attachments' | 'whole';
  /** Of attachments: the content types that are documents, such as `application/xml` or `text/*`. Default: all. */
  readonly types?: readonly string[] | undefined;
  /** Of attachments: the file names that are documents, such as `*.xml`, whatever their case. Default: all. */
  readonly names?: readonly string[] | undefined;
  /** Of attachments: whether those of mails that are attached count. Default: no. */
  readonly forwarded?: boolean | undefined;
}

/** A message that a mail holds. */
export interface MailMessage {
  /** The part that it is: `Part.path`; empty for the whole mail, or where it holds none. The same each time the mail is read. */
  readonly part: string;
  /** Exact, but for the text of a body, which is in UTF-8 now. */
  readonly body: Uint8Array;
  /** With a charset only where nothing shows it to be untrue. */
  readonly contentType: string;
  /** `from`, `to`, `subject`, `message-id` …, of the mail that it came in, and `file-name`. */
  readonly properties: Readonly<Record<string, string>>;
  readonly fileName: string | undefined;
  /** Why it must not be worked on: it is not whole, cannot be read, or is none at all. It belongs to people. */
  readonly defect: WaybillError | undefined;
}

/**
 * The messages that a mail holds, at least one: a mail without a document is one with a `defect`, so that nothing is passed over in
 * silence. What is not whole has one, too.
 */
export function messagesIn(mail: MailTree, choice: Choice): readonly MailMessage[] {
  const properties = propertiesOf(mail);
  if (choice.take === 'whole' || mail.defect) return [whole(mail, properties)];
  const documents = choice.take === 'body' ? [mainBody(mail)].filter((part) => part !== undefined) : withLost(mail, chosen(mail, choice));
  if (documents.length > 0) return documents.map((part) => messageOf(part, properties, choice));
  const defect = damageOf(mail) ?? errors.WB_EMAIL_NO_DOCUMENT(`The mail has no document that is taken${holding(mail)}.`);
  return [{ ...whole(mail, properties), defect }];
}

function whole(mail: MailTree, properties: MailMessage['properties']): MailMessage {
  const { raw: body, defect } = mail;
  return { part: '', body, contentType: 'message/rfc822', properties, fileName: undefined, defect };
}

/**
 * A mail that ends too early, or a multipart that cannot be parted, may have had documents of which nothing is known: that part is told beside
 * those that are there.
 */
function withLost(mail: Part, documents: readonly Part[]): readonly Part[] {
  const mayHide = ({ marks }: Part) => marks.some((mark) => hiding.has(mark));
  const lost = partsOf(mail).filter((part) => part !== mail && mayHide(part) && !documents.includes(part));
  return [...documents, ...lost];
}

const hiding: ReadonlySet<Mark> = new Set(['cut-short', 'no-boundary', 'no-parts']);

/** Rich text always counts: what it wraps may be any document. */
function chosen(mail: MailTree, { types, names, forwarded }: Choice): readonly Part[] {
  return documentsIn(mail, forwarded ?? false).filter(
    (part) => isRichText(part) || (fits(part.type, types) && fits(part.fileName ?? '', names)),
  );
}

function fits(text: string, patterns: readonly string[] | undefined): boolean {
  return patterns === undefined || patterns.length === 0 || patterns.some((pattern) => matches(text.toLowerCase(), pattern.toLowerCase()));
}

/** `*` stands for any characters. Looks at each of them once for each piece of the pattern, whatever they are. */
function matches(text: string, pattern: string): boolean {
  const [first = '', ...pieces] = pattern.split('*');
  const last = pieces.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let at = first.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= text.length - last.length;
}

function messageOf(part: Part, ofMail: MailMessage['properties'], { take }: Choice): MailMessage {
  const { path, fileName } = part;
  const properties = fileName === undefined ? ofMail : { ...ofMail, 'file-name': fileName };
  return { part: path, ...contentOf(part, take), properties, fileName, defect: defectOf(part) };
}

/** A body that people wrote is text, whatever its charset was; all else keeps its bytes. */
function contentOf(part: Part, take: Choice['take']): Pick<MailMessage, 'body' | 'contentType'> {
  const text = take === 'body' && part.type.startsWith('text/') && !isXml(part.type) ? textOf(part) : undefined;
  if (text !== undefined) return { body: Buffer.from(text, 'utf8'), contentType: `${part.type}; charset=utf-8` };
  const charset = trueCharset(part.bytes, part.type, part.charset);
  return { body: part.bytes, contentType: charset === undefined ? part.type : `${part.type}; charset=${charset}` };
}

/** The text of a part; undefined where its charset is not known. */
function textOf(part: Part): string | undefined {
  return textIn(part.bytes, part.charset ?? 'utf-8');
}

function defectOf(part: Part): WaybillError | undefined {
  if (isRichText(part)) return errors.WB_EMAIL_RICH_TEXT(`The documents of the mail are wrapped in ${part.fileName ?? part.type}.`);
  return (
    damageOf(part) ??
    (part.bytes.length === 0 ? errors.WB_EMAIL_EMPTY(`Part ${part.path} of the mail (${part.type}) has no bytes.`) : undefined)
  );
}

function damageOf(part: Part): WaybillError | undefined {
  const reasons = part.marks.flatMap((mark) => damages[mark] ?? []);
  const place = part.path === '' ? 'The mail' : `Part ${part.path} of the mail`;
  return reasons.length === 0 ? undefined : errors.WB_EMAIL_DAMAGED(`${place} (${part.type}) ${reasons.join(', and it ')}.`);
}

/** Of the marks, those with which nobody knows what the content was. */
const damages: Readonly<Partial<Record<string, string>>> = {
  'cut-short': 'is not whole: the mail ends within it',
  'cut-encoding': 'ends in the middle of its transfer encoding',
  'after-end': 'goes on behind the end of its base64',
  'unknown-encoding': 'has a transfer encoding that is not known',
  'no-boundary': 'is a multipart that names no boundary',
  'no-parts': 'is a multipart without the boundary that it names',
  'not-read': 'was not read',
};

function holding(mail: MailTree): string {
  const types = [...new Set(documentsIn(mail, true).map(({ type }) => type))].slice(0, 5);
  return types.length === 0 ? '' : `: it holds ${types.join(', ')}`;
}
