/** Of an encoded word without its content: `=?utf-8?B?` and `?=` (RFC 2047). */
const frame = 12;
const longestWord = 75;
const longestLine = 76;

/** What stands in a Q-encoded word as it is, within a phrase as well (RFC 2047, section 5). */
const plain = /^[A-Za-z0-9!*+/-]$/;

/**
 * Any text as encoded words, each whole in its characters, on lines of 76 at most. `column`: how much of the first line is taken already; the last line
 * keeps `after` columns free. Readers put the words together without the blanks between them.
 */
export function encodedWords(text: string, column: number, after = 0): string {
  const characters = Array.from(text);
  const encode = prefersQ(text) ? qWord : bWord;
  const words: string[] = [];
  for (let from = 0; from < characters.length; ) {
    // The words behind the first one stand on lines of their own, behind a blank.
    const room = Math.min(longestWord, longestLine - after - (words.length === 0 ? column : 1)) - frame;
    const { word, next } = encode(characters, from, room);
    words.push(word);
    from = next;
  }
  return words.join('\r\n ');
}

/** True where Q is shorter than base64, which it is for text that is mostly ASCII. */
function prefersQ(text: string): boolean {
  const bytes = Buffer.from(text);
  let length = 0;
  for (const byte of bytes) length += byte === 0x20 || plain.test(String.fromCharCode(byte)) ? 1 : 3;
  return length <= Math.ceil(bytes.length / 3) * 4;
}

interface Word {
  readonly word: string;
  /** The first character that is not in it. */
  readonly next: number;
}

function qWord(characters: readonly string[], from: number, room: number): Word {
  let content = '';
  let next = from;
  while (next < characters.length) {
    const piece = qCharacter(characters[next] as string);
    if (content.length + piece.length > room && next > from) break;
    content += piece;
    next++;
  }
  return { word: `=?utf-8?Q?${content}?=`, next };
}

function qCharacter(character: string): string {
  if (character === ' ') return '_';
  if (plain.test(character)) return character;
  return Array.from(Buffer.from(character), (byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

function bWord(characters: readonly string[], from: number, room: number): Word {
  const most = Math.floor(room / 4) * 3;
  let bytes = 0;
  let next = from;
  while (next < characters.length) {
    bytes += Buffer.byteLength(characters[next] as string);
    if (bytes > most && next > from) break;
    next++;
  }
  return { word: `=?utf-8?B?${Buffer.from(characters.slice(from, next).join('')).toString('base64')}?=`, next };
}
