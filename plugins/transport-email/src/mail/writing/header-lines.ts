import type { Address } from '../address/address.ts';
import { encodedWords } from './encoded-words.ts';

const longestLine = 76;

/** `Name: value` with its line end, where the value is known to be short ASCII. */
export function plainHeader(name: string, value: string): string {
  return `${name}: ${value}\r\n`;
}

/** A header that is free text. What is plain ASCII is folded at its blanks; anything else is written as encoded words. */
export function textHeader(name: string, value: string): string {
  if (!isPlain(value)) return `${name}: ${encodedWords(value, name.length + 2)}\r\n`;
  return name.length + 2 + value.length <= longestLine ? `${name}: ${value}\r\n` : itemsHeader(name, value.split(' '), '');
}

/** Nothing but visible ASCII with single blanks within, nothing that a reader would decode, and no word that no line holds. */
function isPlain(value: string): boolean {
  return /^[!-~]+( [!-~]+)*$/.test(value) && !value.includes('=?') && !/[!-~]{75}/.test(value);
}

/** Items that must not be torn, with `separator` and a blank, or a new line, between them. */
export function itemsHeader(name: string, items: readonly string[], separator: string): string {
  let text = `${name}:`;
  let column = text.length;
  for (const [index, item] of items.entries()) {
    const piece = index === items.length - 1 ? item : item + separator;
    if (column + 1 + piece.length > longestLine && index > 0) {
      text += '\r\n';
      column = 0;
    }
    text += ` ${piece}`;
    const lineStart = piece.lastIndexOf('\n');
    column = lineStart === -1 ? column + 1 + piece.length : piece.length - lineStart - 1;
  }
  return `${text}\r\n`;
}

/** `isPlain`: an address with letters outside ASCII before its @ becomes an empty group whose name tells it (RFC 6857, section 3.1.6). */
export function addressHeader(name: string, addresses: readonly Address[], isPlain = false): string {
  return itemsHeader(
    name,
    addresses.map((each) => (isPlain && each.needsUtf8 ? groupOf(each) : mailboxOf(each))),
    ',',
  );
}

function groupOf({ name, wire }: Address): string {
  return `${encodedWords(name === '' ? wire : `${name} <${wire}>`, 20, 3)}:;`;
}

/** The name of a mailbox: as it is, in quotes, or as encoded words; then the address in angle brackets. */
function mailboxOf({ name, wire }: Address): string {
  if (name === '') return wire;
  const left = phraseOf(name);
  const lineStart = left.lastIndexOf('\n');
  const column = left.length - lineStart - 1;
  // A fold in front of the address is better than a line that is too long.
  return column + wire.length + 4 > longestLine ? `${left}\r\n <${wire}>` : `${left} <${wire}>`;
}

function phraseOf(name: string): string {
  if (name.includes('=?') || name.length > 60 || !/^[!-~]+( [!-~]+)*$/.test(name)) return encodedWords(name, 20, 2);
  return /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+$/.test(name) ? name : `"${name.replaceAll(/["\\]/g, '\\$&')}"`;
}
