import { domainToASCII } from 'node:url';
import { readWords } from './parts/encoded-words.ts';

export interface Address {
  /** For people; empty where none is written. */
  readonly name: string;
  /** As it is written. Whether it is a good one nobody has checked. */
  readonly address: string;
}

/**
 * The addresses of a field such as From, To or Return-Path, members of groups included. Reads the value as it was written, not its text
 * for people: an encoded word may hold an `<`. The empty address of `<>` is one.
 */
export function addressesIn(value: string): readonly Address[] {
  return pieces(value).flatMap((piece) => {
    const name = readWords([...piece.words, ...(piece.angle === undefined ? piece.comments : [])].join(' ').trim());
    if (piece.angle !== undefined) return [{ name, address: withoutRoute(piece.angle) }];
    const address = piece.bare;
    return address === '' ? [] : [{ name: readWords(piece.comments.join(' ')), address }];
  });
}

/** The domain of an address in ASCII and lower case; empty where it has none. */
export function domainOf(address: string): string {
  return domainToASCII(address.slice(address.lastIndexOf('@') + 1)).toLowerCase();
}

/** Two ways to write one address: the case of the domain says nothing, that of the part before it might. */
export function isSameAddress(one: string, other: string): boolean {
  const split = (address: string) => address.slice(0, Math.max(0, address.lastIndexOf('@')));
  return one === other || (split(one) === split(other) && domainOf(one) === domainOf(other));
}

interface Piece {
  /** What stands before the angle, quotes removed. */
  readonly words: readonly string[];
  readonly comments: readonly string[];
  readonly angle: string | undefined;
  /** All but the comments, quotes kept: the address where there is no angle. */
  readonly bare: string;
}

/** An old form names relays before the address: `<@a,@b:c@d>` (RFC 5322, 4.4). */
function withoutRoute(angle: string): string {
  const text = angle.trim();
  return text.startsWith('@') ? text.slice(text.indexOf(':') + 1) : text;
}

/** What stands between commas, semicolons and the names of groups. */
function pieces(value: string): readonly Piece[] {
  const found: Piece[] = [];
  let words: string[] = [];
  let comments: string[] = [];
  let angle: string | undefined;
  let bare = '';
  const end = () => {
    if (words.length > 0 || comments.length > 0 || angle !== undefined) found.push({ words, comments, angle, bare });
    words = [];
    comments = [];
    angle = undefined;
    bare = '';
  };
  for (const [token] of value.slice(0, longest).matchAll(tokens)) {
    const first = token[0];
    if (first === ',' || first === ';') end();
    else if (first === ':') {
      // What came before was the name of a group.
      words = [];
      bare = '';
    } else if (first === '(') comments.push(unquoted(token));
    else if (first === '<') angle ??= token.slice(1, token.endsWith('>') ? -1 : undefined);
    else {
      bare += first === '"' ? token : token.replaceAll(/\s+/g, '');
      if (token.trim() !== '') words.push(first === '"' ? unquoted(token) : token.trim());
    }
  }
  end();
  return found;
}

/** What stands behind this many characters is not looked at. */
const longest = 100_000;

/** A quoted string, a comment with others in it, an angle, a mark between addresses, or other text. */
const tokens = /"(?:\\.|[^"\\])*"?|\((?:\\.|[^()\\]|\((?:\\.|[^()\\])*\))*\)?|<[^>]*>?|[,;:]|[^",;:<(]+/gs;

function unquoted(token: string): string {
  const inner = token.slice(1, /[")]$/.test(token) && token.length > 1 ? -1 : undefined);
  return inner.replaceAll(/\\(.)/gs, '$1');
}
