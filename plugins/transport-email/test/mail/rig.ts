import type { Message } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import { compose, type Origin } from '../../src/mail/compose.ts';
import type { ComposedMail } from '../../src/mail/composed-mail.ts';
import type { Signer } from '../../src/mail/signing/signer.ts';
import { type Target, target } from '../../src/settings/target.ts';

export const origin: Origin = { domain: 'shop.example.com' };
export const from = 'Harbour and Pine <orders@shop.example.com>';
export const to = ['Ada Mill <ada@mill.example.com>'];

/** An entry as the transport gets it: what is not given has its default. */
export function entryOf(settings: object = {}): Target {
  return resolveSettings(target, { from, to, ...settings }, { folder: '/' }) as Target;
}

export function messageOf(parts: Partial<Omit<Message, 'body'>> & { readonly body?: Uint8Array | string } = {}): Message {
  const { body = 'Hello.', ...rest } = parts;
  const plain = { id: 'm-1', createdAt: Date.UTC(2026, 10, 27, 12, 30, 45), contentType: 'text/plain', properties: {} };
  return { ...plain, ...rest, body: typeof body === 'string' ? Buffer.from(body) : body };
}

/** A message whose body is a mail document. */
export function documentOf(document: unknown, properties: Message['properties'] = {}): Message {
  return messageOf({ contentType: 'application/vnd.waybill.mail+json', body: JSON.stringify(document), properties });
}

interface Circumstances {
  readonly entry?: object;
  readonly from?: Origin;
  readonly signer?: Signer;
}

export function composed(message: Message, { entry = {}, from: sender = origin, signer }: Circumstances = {}): ComposedMail {
  return compose(message, entryOf(entry), sender, signer);
}

export function textOf(mail: ComposedMail): string {
  return Buffer.from(mail.bytes).toString('latin1');
}

export function sourceOf(message: Message, circumstances: Circumstances = {}): string {
  return textOf(composed(message, circumstances));
}

/** The value of a header as it is written, unfolded; undefined where it is not there. */
export function headerIn(source: string, name: string): string | undefined {
  const head = source.slice(0, source.indexOf('\r\n\r\n') + 2).replaceAll(/\r\n(?=[ \t])/g, '');
  return new RegExp(`^${name}: (.*)\r$`, 'im').exec(head)?.[1];
}

/** The error that is thrown, by its code. */
export function refusal(work: () => unknown): {
  readonly code: string;
  readonly message: string;
  readonly at?: string;
  readonly hint?: string;
} {
  try {
    work();
  } catch (error) {
    return error as never;
  }
  throw new Error('nothing was refused');
}
