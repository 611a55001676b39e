import { type Address, addressOf, refused } from './address.ts';

/** How deep comments may stand in each other. */
const deepest = 8;
const control = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** What has been read of one mailbox so far. */
interface Reading {
  /** Words before the `<`, or the bare address. */
  words: string;
  /** A quoted text: it is a name, or, with an @ behind it, the beginning of an address. */
  quoted: boolean;
  /** Between `<` and `>`. */
  inner: string | undefined;
}

/**
 * `Name <a@b>`, `a@b`, and several of them with commas between them (RFC 5322, with quoted names and comments). Stops at the first one beyond `most`, with
 * `most + 1` addresses. Groups are refused, and so is everything else that could be read in two ways: WB_EMAIL_ADDRESS.
 */
export function addressesIn(text: string, where: string, most: number): readonly Address[] {
  // Before anything is trimmed: a line break at an edge is as wrong as any other.
  if (control.test(text)) throw refused(text, 'it has a line break or another control character', where);
  const found: Address[] = [];
  for (let from = 0; from <= text.length && found.length <= most; ) {
    const reading: Reading = { words: '', quoted: false, inner: undefined };
    const end = readMailbox(text, from, reading, where);
    found.push(mailboxOf(reading, text.slice(from, end), where));
    from = end + 1;
  }
  return found;
}

/** Reads to the comma that ends the mailbox, or to the end. */
function readMailbox(text: string, from: number, reading: Reading, where: string): number {
  let at = from;
  while (at < text.length) {
    const character = text[at] as string;
    if (character === ',') return at;
    at = step(text, at, character, reading, where);
  }
  return at;
}

function step(text: string, at: number, character: string, reading: Reading, where: string): number {
  const fault = (why: string) => refused(text.slice(Math.max(0, at - 60), at + 20), why, where);
  switch (character) {
    case '"':
      return readQuoted(text, at, reading, fault);
    case '(':
      return commentEnd(text, at, fault);
    case '<': {
      const end = text.indexOf('>', at);
      if (end === -1 || reading.inner !== undefined) throw fault('its angle brackets do not match');
      reading.inner = text.slice(at + 1, end);
      return end + 1;
    }
    case ':':
      throw fault('a colon makes it a group, and groups are not taken; a name with a colon has to stand in quotes');
    case ';':
      throw fault('addresses are parted by commas');
    case '>':
    case ')':
    case '\\':
      throw fault(`a ${character} may not stand there`);
    default:
      if (reading.inner !== undefined && character !== ' ') throw fault('something stands behind its angle brackets');
      if (reading.quoted && character !== ' ') throw fault('something stands behind its quotes');
      if (!reading.quoted) reading.words += character;
      return at + 1;
  }
}

/** A quoted name; or a quoted local part, whose quotes are kept. */
function readQuoted(text: string, from: number, reading: Reading, fault: (why: string) => Error): number {
  if (reading.inner !== undefined || reading.quoted || reading.words.trim() !== '') throw fault('quotes stand in the middle of it');
  let name = '';
  let at = from + 1;
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\') at++;
    name += text[at++] ?? '';
  }
  if (at >= text.length) throw fault('its quotes do not end');
  const isLocalPart = text[at + 1] === '@';
  reading.words = isLocalPart ? text.slice(from, at + 1) : name;
  reading.quoted = !isLocalPart;
  return at + 1;
}

/** Comments are for people, and are left out. */
function commentEnd(text: string, from: number, fault: (why: string) => Error): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '(' && ++depth > deepest) throw fault('comments stand in each other too deep');
    else if (text[at] === ')' && --depth === 0) return at + 1;
  }
  throw fault('a comment does not end');
}

function mailboxOf({ words, quoted, inner }: Reading, whole: string, where: string): Address {
  const text = quoted ? words : words.trim();
  if (inner === undefined && quoted) throw refused(whole.trim(), 'it is a name without an address', where);
  if (inner === undefined) return addressOf(text, '', where);
  if (!quoted && text.includes('@')) throw refused(whole.trim(), 'a name with an @ has to stand in quotes', where);
  return addressOf(inner.trim(), text, where);
}
