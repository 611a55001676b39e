import type { Message, MessagePackDefinition } from '@waybill/contract';
import { decode, encode } from '@waybill/text';
import { callPack } from '../calling/call-plugin.ts';
import { Readable } from './readable.ts';

/** The message as it may be kept: what each of the packs would not have anybody read is masked. Throws what a pack throws. */
export function concealed(packs: readonly MessagePackDefinition[], readable: Readable): Message {
  let shown = readable;
  for (const pack of packs) {
    const body = concealedBy(pack, shown);
    if (body) shown = new Readable({ ...shown.message, body });
  }
  return shown.message;
}

/** The masked body in the encoding of the message, since what is kept is read again as the message was. Undefined where nothing is masked. */
function concealedBy(pack: MessagePackDefinition, readable: Readable): Uint8Array | undefined {
  const { isGuess, ...form } = readable.anyhow(pack);
  const body = callPack(pack, 'concealing what is secret in', () => pack.conceal?.(form));
  if (!body || pack.wants === 'bytes') return body;
  if (isGuess) return encode(decode(body, 'utf-8'), 'iso-8859-1');
  const { encoding, message } = readable;
  if (encoding === 'utf-8') return marked(message.body, body);
  return marked(message.body, encode(decode(body, 'utf-8'), encoding));
}

const marks = [
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/** The byte order mark of `before` in front of `body`: where it tells the encoding, it has to stay. */
function marked(before: Uint8Array, body: Uint8Array): Uint8Array {
  const mark = marks.find((bytes) => bytes.every((byte, index) => before[index] === byte)) ?? [];
  const has = mark.every((byte, index) => body[index] === byte);
  return has ? body : Uint8Array.from([...mark, ...body]);
}
