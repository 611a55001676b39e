import { type Encoding, utf8, utf16be, utf16le } from './catalogue.ts';
import { errors } from './errors.ts';

/** The marks and what they tell; `undefined` is UTF-32, whose mark in this order begins with that of UTF-16 and goes first. */
const marks: readonly (readonly [mark: readonly number[], encoding: Encoding | undefined])[] = [
  [[0xef, 0xbb, 0xbf], utf8],
  [[0xff, 0xfe, 0, 0], undefined],
  [[0, 0, 0xfe, 0xff], undefined],
  [[0xff, 0xfe], utf16le],
  [[0xfe, 0xff], utf16be],
];

/** The encoding that a byte order mark tells; undefined when there is none. Throws WB_TEXT_UNKNOWN_ENCODING for the mark of UTF-32. */
export function encodingOfMark(body: Uint8Array): Encoding | undefined {
  const first = body[0] ?? 0x3c;
  // One look is enough for nearly every message.
  if (first < 0xef && first !== 0) return undefined;
  const found = marks.find(([mark]) => mark.every((byte, index) => body[index] === byte));
  if (found === undefined) return undefined;
  const [, encoding] = found;
  if (encoding !== undefined) return encoding;
  throw errors.WB_TEXT_UNKNOWN_ENCODING('The body begins with the byte order mark of UTF-32, which is not read.');
}
