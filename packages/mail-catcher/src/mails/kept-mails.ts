import type { CaughtMail } from './caught-mail.ts';

export interface KeepOptions {
  /** How many mails. */
  readonly count: number;
  /** How many bytes they may take together: sources, texts and attachments. */
  readonly bytes: number;
}

/** What a mail, and each header, address and attachment of it, takes beside its contents, in bytes: roughly. */
const overhead = 200;

/** The newest mails. When one more would be too many, or too large, the oldest ones go. */
export class KeptMails {
  readonly #options: KeepOptions;
  /** Oldest first. */
  readonly #mails = new Map<string, CaughtMail>();
  readonly #sizes = new Map<string, number>();
  readonly #listeners = new Set<(added: CaughtMail | undefined) => void>();
  #bytes = 0;
  #received = 0;

  constructor(options: KeepOptions) {
    this.#options = options;
  }

  /** How many have come, those that are gone included. */
  get received(): number {
    return this.#received;
  }

  /** What the kept mails take, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  all(): readonly CaughtMail[] {
    return [...this.#mails.values()];
  }

  get(id: string): CaughtMail | undefined {
    return this.#mails.get(id);
  }

  add(read: Omit<CaughtMail, 'id'>): CaughtMail {
    this.#received += 1;
    const mail = { id: String(this.#received), ...read };
    this.#mails.set(mail.id, mail);
    const size = sizeOf(mail);
    this.#sizes.set(mail.id, size);
    this.#bytes += size;
    this.#forgetOldest();
    this.#tell(mail);
    return mail;
  }

  /** Whether it was there. */
  delete(id: string): boolean {
    const isThere = this.#forget(id);
    if (isThere) this.#tell(undefined);
    return isThere;
  }

  clear(): void {
    this.#mails.clear();
    this.#sizes.clear();
    this.#bytes = 0;
    this.#tell(undefined);
  }

  /** Calls `listener` with each mail that comes, and with undefined when some were deleted, until the returned function is called. */
  listen(listener: (added: CaughtMail | undefined) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** The newest stays, whatever its size: what comes in is limited elsewhere. */
  #forgetOldest(): void {
    for (const id of this.#mails.keys()) {
      const isFine = this.#mails.size <= this.#options.count && this.#bytes <= this.#options.bytes;
      if (isFine || this.#mails.size === 1) return;
      this.#forget(id);
    }
  }

  #forget(id: string): boolean {
    this.#bytes -= this.#sizes.get(id) ?? 0;
    this.#sizes.delete(id);
    return this.#mails.delete(id);
  }

  #tell(added: CaughtMail | undefined): void {
    for (const listener of this.#listeners) listener(added);
  }
}

function sizeOf({ source, text = '', html = '', attachments, headers, envelope, from, to, cc, replyTo }: CaughtMail): number {
  const texts = [text, html, ...headers.map(({ name, value }) => name + value), ...envelope.to.map(({ address }) => address)];
  const characters = texts.reduce((sum, { length }) => sum + length, 0);
  const contents = attachments.reduce((sum, { content }) => sum + content.byteLength, source.byteLength);
  const things = [attachments, headers, envelope.to, from, to, cc, replyTo].reduce((sum, { length }) => sum + length, 1);
  return things * overhead + contents + 2 * characters;
}
