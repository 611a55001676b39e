import { createHash, type KeyObject, sign } from 'node:crypto';
import { itemsHeader } from '../writing/header-lines.ts';
import { bodyHash } from './body-hash.ts';

/** Makes the DKIM-Signature of a mail (RFC 6376, RFC 8463). Pure: neither kind of signature has chance in it, and no time is written. */
export interface Signer {
  /** How many bytes the header will have, with its line end. */
  lengthFor(headers: readonly string[]): number;
  /** The header that stands before all others. `headers`: those of the mail, each with its line end. `body`: what stands below the empty line, as it is sent. */
  sign(headers: readonly string[], body: Buffer): string;
}

export interface SigningKey {
  readonly key: KeyObject;
  readonly domain: string;
  readonly selector: string;
}

/** What a signature covers, where a mail has it (RFC 6376, section 5.4.1; RFC 8058, section 4, for the last two). */
const signed =
  /^(from|sender|to|cc|reply-to|subject|date|message-id|in-reply-to|references|mime-version|content-type|content-transfer-encoding|content-language|auto-submitted|precedence|list-id|list-unsubscribe|list-unsubscribe-post):/i;

export function signerOf({ key, domain, selector }: SigningKey): Signer {
  const isRsa = key.asymmetricKeyType === 'rsa';
  const length = Math.ceil((isRsa ? (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8 : 64) / 3) * 4;
  const written = (headers: readonly string[], hash: string, signature: string): string => {
    const tags = ['v=1', `a=${isRsa ? 'rsa' : 'ed25519'}-sha256`, 'c=relaxed/relaxed', `d=${domain}`, `s=${selector}`];
    const names = signedNames(headers).join(':');
    return itemsHeader('DKIM-Signature', [...tags, ...foldedNames(names), `bh=${hash}`, `b=${inLines(signature)}`], ';');
  };
  return {
    lengthFor: (headers) => written(headers, '='.repeat(44), '='.repeat(length)).length,
    sign: (headers, body) => {
      const hash = bodyHash(body);
      const unsigned = written(headers, hash, '').replace(/\r\n$/, '');
      const text = [...signedHeaders(headers).map((each) => `${relaxed(each)}\r\n`), relaxed(unsigned)].join('');
      const signature = isRsa ? sign('sha256', Buffer.from(text), key) : sign(null, createHash('sha256').update(text).digest(), key);
      return written(headers, hash, signature.toString('base64'));
    },
  };
}

function signedHeaders(headers: readonly string[]): readonly string[] {
  return headers.filter((each) => signed.test(each));
}

/** From stands there twice: a second one that somebody adds breaks the signature. */
function signedNames(headers: readonly string[]): readonly string[] {
  return [...signedHeaders(headers).map((each) => each.slice(0, each.indexOf(':')).toLowerCase()), 'from'];
}

/** The list of names, folded behind its colons. */
function foldedNames(names: string): readonly string[] {
  return [`h=${names.replaceAll(/([^\s]{40,68}?:)(?=.)/g, '$1\r\n  ')}`];
}

function inLines(signature: string): string {
  return signature.replaceAll(/(.{72})(?=.)/g, '$1\r\n  ');
}

/** RFC 6376, section 3.4.2: the name in lower case, unfolded, one blank for several. */
function relaxed(header: string): string {
  const colon = header.indexOf(':');
  const value = header
    .slice(colon + 1)
    .replaceAll(/[ \t\r\n]+/g, ' ')
    .trim();
  return `${header.slice(0, colon).toLowerCase()}:${value}`;
}
