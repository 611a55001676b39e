/** What a mail server says to a command: several lines with one code (RFC 5321, 4.2). */
export interface Answer {
  /** 200 to 599. */
  readonly code: number;
  /** The lines, parted by blanks, without control characters and no longer than a log wants to have it. */
  readonly text: string;
  /** Each line, where there are several: no more than fifty. */
  readonly lines?: readonly string[] | undefined;
}

/**
 * What the first digit says (RFC 5321, 4.2.1).
 *
 * - done: 2, it was done.
 * - goOn: 3, more is awaited.
 * - later: 4, not now.
 * - no: 5, not at all.
 */
export type Meaning = 'done' | 'goOn' | 'later' | 'no';

const meanings: readonly Meaning[] = ['done', 'goOn', 'later', 'no'];

export function meaningOf({ code }: Answer): Meaning {
  return meanings[Math.floor(code / 100) - 2] ?? 'no';
}

/** As it is told to people. */
export function wordsOf({ code, text }: Answer): string {
  return text === '' ? String(code) : `${code} ${text}`;
}

/** The enhanced code without its first digit (RFC 2034), `1.1` of `550 5.1.1 no such user`. */
export function enhancedOf({ text }: Answer): string | undefined {
  return /^[245]\.([0-9]{1,3}\.[0-9]{1,3})(?: |$)/.exec(text)?.[1];
}

/** The server ends the connection (RFC 5321, 3.8). */
export function saysGoodbye({ code }: Answer): boolean {
  return code === 421;
}

/** The commands came in an order that it did not expect: a fault of the connection, not of the mail. */
export function isConfused({ code }: Answer): boolean {
  return code === 503;
}

/** At RCPT: this recipient is one too many for one transaction (RFC 5321, 4.5.3.1.10). 552 is what RFC 821 had for it; a full mailbox is 552 as well. */
export function isOneTooMany(answer: Answer): boolean {
  if (answer.code !== 452 && answer.code !== 552) return false;
  const enhanced = enhancedOf(answer);
  return enhanced === undefined ? /too many/i.test(answer.text) : enhanced === '5.3';
}

const inMilliseconds: Readonly<Record<string, number>> = { s: 1_000, m: 60_000 };
/** What a server says is believed up to here, in milliseconds. */
const longestWait = 3_600_000;

/** When to come again after greylisting, in milliseconds: as the server says it, else `usual`. Undefined where it is no greylisting. */
export function waitOf(answer: Answer, usual: number): number | undefined {
  if (meaningOf(answer) !== 'later' || (enhancedOf(answer) !== '7.1' && !/gr[ae]y-?list/i.test(answer.text))) return undefined;
  const [, number, unit] = /\b([0-9]{1,5}) ?(s|m)(?:ec(?:ond)?|in(?:ute)?)?s?\b/i.exec(answer.text) ?? [];
  if (number === undefined || unit === undefined) return usual;
  return Math.min(longestWait, Number(number) * (inMilliseconds[unit.toLowerCase()] ?? 0));
}
