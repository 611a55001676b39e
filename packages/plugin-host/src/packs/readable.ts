import type { Message, MessagePackDefinition, ReadableMessage } from '@waybill/contract';
import { encodingOf, toUtf8 } from '@waybill/text';

/** In which every byte is a character, so that nothing is lost on the way there and back. */
const everyByte = 'iso-8859-1';

/** A message in the forms in which packs want it; each is made once, when the first pack asks for it. */
export class Readable {
  readonly message: Message;
  readonly #configured: string | undefined;
  #encoding: string | undefined;
  #text: ReadableMessage | undefined;

  /** `configured`: the encoding that the entry is set to, where nothing in the message tells it. */
  constructor(message: Message, configured?: string) {
    this.message = message;
    this.#configured = configured;
  }

  /** Throws what is wrong with the encoding, as a `MessageError`. */
  for({ wants }: MessagePackDefinition): ReadableMessage {
    if (wants === 'bytes') return { ...this.message, encoding: this.encoding };
    this.#text ??= { ...this.message, body: toUtf8(this.message.body, this.encoding), encoding: 'utf-8' };
    return this.#text;
  }

  /** That of the message as it arrived. Throws as `for` does. */
  get encoding(): string {
    const { body, contentType } = this.message;
    this.#encoding ??= encodingOf({ body, contentType, configured: this.#configured }).encoding;
    return this.#encoding;
  }

  /**
   * For a pack that has to look at a message whatever is wrong with its encoding: then each byte is a character, and those that are zero, with which
   * texts of wider characters are filled, are left out. Never throws.
   */
  anyhow(pack: MessagePackDefinition): ReadableMessage & { readonly isGuess: boolean } {
    try {
      return { ...this.for(pack), isGuess: false };
    } catch {
      const bytes = this.message.body.filter((byte) => byte !== 0);
      const isText = pack.wants !== 'bytes';
      const body = isText ? toUtf8(bytes, everyByte) : bytes;
      return { ...this.message, body, encoding: isText ? 'utf-8' : everyByte, isGuess: true };
    }
  }
}
