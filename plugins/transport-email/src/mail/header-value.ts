import { errors } from '../errors.ts';

/** Line breaks of every kind, all other controls, halves of characters. */
const control = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

/** A text for one line of a header, any characters. Throws WB_EMAIL_HEADER where it would be more than that. */
export function lineOf(value: string, where: string, most = 2_000): string {
  if (value.length > most) throw errors.WB_EMAIL_HEADER(`${where} has ${value.length} characters, and may have ${most}.`, { at: where });
  if (control.test(value)) throw errors.WB_EMAIL_HEADER(`${where} has a line break or another control character.`, { at: where });
  return value;
}

/** `<left@right>`: visible ASCII, and short enough for a line. */
const messageId = /^<[!-;=?A-~]{1,450}@[!-;=?A-~]{1,450}>$/;

export function messageIdsOf(value: readonly string[], where: string): readonly string[] {
  const wrong = value.findIndex((each) => !messageId.test(each));
  if (wrong === -1) return value;
  throw errors.WB_EMAIL_HEADER(`${where} has something that is no Message-ID, at place ${wrong + 1}.`, {
    at: where,
    hint: 'A Message-ID is <left@right>, with its angle brackets, and no blank within.',
  });
}

const tag = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/;

export function languageOf(value: string, where: string): string {
  if (tag.test(value)) return value;
  throw errors.WB_EMAIL_HEADER(`${where} is no language such as "de" or "de-AT".`, { at: where });
}

/** A name without a path, as it is told to whoever saves the file. */
export function fileNameOf(value: string, where: string): string {
  const isName = value !== '' && value !== '.' && value !== '..' && !/[/\\]/.test(value) && Buffer.byteLength(value) <= 255;
  if (isName) return lineOf(value, where, 255);
  throw errors.WB_EMAIL_HEADER(`${where} is no name of a file: it is empty, has more than 255 bytes, or a / or \\.`, { at: where });
}

/** Headers that this transport writes, or that belong to those who carry a mail. */
const structural =
  /^(content-.*|resent-.*|arc-.*|list-(unsubscribe|unsubscribe-post|id)|from|sender|to|cc|bcc|reply-to|subject|date|message-id|in-reply-to|references|mime-version|auto-submitted|precedence|x-auto-response-suppress|dkim-signature|domainkey-signature|authentication-results|return-path|received|delivered-to)$/i;

/** Throws where a header is one that nobody sets himself, or of a form that is none. */
export function checkHeaderName(name: string, where: string): void {
  if (!/^[A-Za-z][A-Za-z0-9-]{0,75}$/.test(name))
    throw errors.WB_EMAIL_HEADER(`${where} has ${JSON.stringify(name.slice(0, 80))}, which is no name of a header.`, { at: where });
  if (structural.test(name))
    throw errors.WB_EMAIL_HEADER(`${where} has ${name}, which this transport or the servers write themselves.`, { at: where });
}

const header = /^[!-9;-~]+:[^\r\n\0]*(?:\r\n[ \t][^\r\n\0]*)*\r\n$/;

/** The last look at a header as it is written: it is one, and no more than one, whatever its value was made of. */
export function checkHeader(written: string): void {
  if (header.test(written)) return;
  const name = /^[A-Za-z-]{1,76}/.exec(written)?.[0] ?? 'A header';
  throw errors.WB_EMAIL_HEADER(`${name} would be more than one header.`, { at: name });
}
