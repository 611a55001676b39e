import { createHash } from 'node:crypto';
import { addressesIn } from '../../src/incoming/addresses.ts';
import { authenticationResults } from '../../src/incoming/authentication-results.ts';
import { isAutomatic } from '../../src/incoming/automatic.ts';
import { fieldOf, type MailTree, partsOf } from '../../src/incoming/mail-tree.ts';
import { type MailMessage, messagesIn } from '../../src/incoming/messages-in.ts';
import { readMail } from '../../src/incoming/read-mail.ts';
import { classify } from '../../src/reports/classify.ts';

/** A document as a case wants it. */
interface Wanted {
  readonly name?: string | null;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
}

/** A line of cases.json: a mail, and what has to come out of it. */
export interface MailCase {
  readonly id: string;
  readonly file: string;
  readonly kind: string;
  readonly recipients?: readonly Readonly<Record<string, unknown>>[];
  readonly original: Readonly<Record<string, string>>;
  readonly businessAttachments?: number;
  readonly automatic?: boolean;
  readonly subject?: string;
  readonly fromName?: string;
  readonly text?: string;
  readonly attachments?: readonly Wanted[];
  readonly body?: Wanted;
  readonly inline?: readonly Wanted[];
  readonly forwarded?: readonly Wanted[];
  readonly damaged?: boolean;
  readonly unreadable?: string;
  readonly empty?: boolean;
  readonly tolerant?: readonly string[];
  readonly namesMustNotContain?: readonly string[];
  readonly authentication?: Readonly<Record<string, string | null>> & { readonly trusted: string };
}

/** What is wrong with how a mail of a case is read; nothing where all is as it has to be. */
export function complaintsAbout(one: MailCase, bytes: Uint8Array): readonly string[] {
  const mail = readMail(bytes);
  const found: string[] = [];
  const compare = (what: string, actual: unknown, wanted: unknown) => {
    const any = Array.isArray(wanted) ? wanted : [wanted ?? undefined];
    if (!any.includes(actual)) found.push(`${what} is ${String(actual)}, not ${any.join(' or ')}`);
  };
  aboutReports(one, mail, compare);
  aboutContent(one, mail, compare);
  aboutSender(one, mail, compare);
  return found;
}

type Compare = (what: string, actual: unknown, wanted: unknown) => void;

function aboutReports(one: MailCase, mail: MailTree, compare: Compare): void {
  const { kind, recipients, original } = classify(mail);
  compare('kind', kind, one.kind);
  compare('number of recipients', recipients.length, one.recipients?.length ?? 0);
  for (const wanted of one.recipients ?? []) {
    const reported = recipients.find(({ address }) => address === wanted['address']) as Readonly<Record<string, unknown>> | undefined;
    for (const [name, value] of Object.entries(wanted)) compare(`${String(wanted['address'])}: ${name}`, reported?.[name], value);
  }
  for (const name of ['envid', 'messageId', 'verp'] as const) compare(name, original[name], one.original[name]);
  if (one.automatic !== undefined) compare('automatic', isAutomatic(mail), one.automatic);
  if (one.kind !== 'message') compare('automatic', isAutomatic(mail), true);
}

const asLine = ({ name, type, size, sha256 }: Wanted): string => [name ?? '(any)', type, size, sha256].join(' ');

const shaOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function lineOf({ fileName, contentType, body }: MailMessage, wanted: Wanted | undefined): string {
  const type = contentType.replace(/;.*/, '');
  const name = wanted?.name === null ? undefined : fileName;
  return asLine({ ...(name !== undefined && { name }), type, size: body.length, sha256: shaOf(body) });
}

function aboutContent(one: MailCase, mail: MailTree, compare: Compare): void {
  const taken = messagesIn(mail, { take: 'attachments' });
  const documents = taken.filter(({ part }) => part !== '');
  const wanted = one.body ? [one.body] : one.attachments;
  if (one.businessAttachments !== undefined) compare('business documents', documents.length, one.businessAttachments);
  if (wanted && !one.empty) {
    compare('documents', documents.map((each, index) => lineOf(each, wanted[index])).join('\n'), wanted.map(asLine).join('\n'));
  }
  const isBad = one.damaged || one.empty || one.unreadable !== undefined || wanted?.length === 0 || one.kind !== 'message';
  if (wanted || isBad) compare('defect', !isBad || taken.some(({ defect }) => defect !== undefined), true);
  if (wanted && !isBad)
    compare(
      'defect',
      taken.some(({ defect }) => defect !== undefined),
      false,
    );
  if (one.unreadable !== undefined)
    compare(
      'reason',
      taken.some(({ defect }) => defect?.message.includes(one.unreadable ?? '')),
      true,
    );
  if (one.text !== undefined) {
    const [body] = messagesIn(mail, { take: 'body' });
    compare(
      'text',
      Buffer.from(body?.body ?? [])
        .toString('utf8')
        .includes(one.text),
      true,
    );
  }
  for (const each of one.inline ?? []) {
    const found = partsOf(mail).find(({ bytes }) => shaOf(bytes) === each.sha256);
    compare('picture', `${found?.fileName} ${found?.type}`, `${each.name} ${each.type}`);
  }
  const forwarded = messagesIn(mail, { take: 'attachments', forwarded: true }).slice(documents.length);
  if (one.forwarded)
    compare(
      'forwarded',
      forwarded.map((each, index) => lineOf(each, one.forwarded?.[index])).join('\n'),
      one.forwarded.map(asLine).join('\n'),
    );
  for (const piece of one.namesMustNotContain ?? []) {
    compare(
      `a name with ${JSON.stringify(piece)}`,
      taken.some(({ fileName }) => fileName?.includes(piece)),
      false,
    );
  }
}

function aboutSender(one: MailCase, mail: MailTree, compare: Compare): void {
  if (one.subject !== undefined) compare('subject', fieldOf(mail, 'subject')?.text, one.subject);
  if (one.fromName !== undefined) compare('name', addressesIn(fieldOf(mail, 'from')?.value ?? '')[0]?.name, one.fromName);
  if (!one.authentication) return;
  const { trusted, principal, spfDomain, ...results } = one.authentication;
  const told = authenticationResults(mail, trusted);
  compare('principal', told.principal, principal);
  for (const [method, result] of Object.entries(results))
    compare(method, told.results.find((each) => each.method === method)?.result, result);
  const spf = told.results.find(({ method }) => method === 'spf');
  if (spfDomain !== undefined) compare('spf', spf?.properties.get('smtp.mailfrom')?.split('@').at(-1), spfDomain);
}
