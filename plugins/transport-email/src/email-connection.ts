import type { OpenContext } from '@waybill/contract';
import { errors } from './errors.ts';
import { checkEntry } from './mail/check-entry.ts';
import { openSigner } from './mail/signing/open-signer.ts';
import type { Signer } from './mail/signing/signer.ts';
import type { Post } from './settings/connection.ts';
import { portOf, type Relay } from './settings/smtp.ts';
import type { Target } from './settings/target.ts';
import { meaningOf, wordsOf } from './smtp/answer.ts';
import type { Dialogue } from './smtp/dialogue.ts';
import { AccessToken } from './smtp/opening/access-token.ts';

/** The mail servers of one connection of the manifest. Each endpoint makes connections of its own to them. */
export class EmailConnection {
  readonly post: Post;
  readonly #name: string;
  readonly #token: AccessToken | undefined;
  readonly #closed = new AbortController();

  /** Signs mails, where the connection has a key. */
  readonly signer: Signer | undefined;

  private constructor(post: Post, name: string, signer: Signer | undefined) {
    this.post = post;
    this.signer = signer;
    this.#name = name;
    const { auth } = post.smtp ?? {};
    this.#token = auth && 'oauth' in auth ? new AccessToken(auth.oauth) : undefined;
  }

  /** Throws WB_EMAIL_DKIM where mails could not be signed. */
  static async open(post: Post, { name }: Pick<OpenContext, 'name'>): Promise<EmailConnection> {
    return new EmailConnection(post, name, post.dkim && (await openSigner(post.dkim, post.domain)));
  }

  /** Whoever sends needs it, which the check of the manifest has seen to. */
  get relay(): Relay {
    const { smtp } = this.post;
    if (!smtp) throw errors.WB_EMAIL_UNREACHABLE(`The connection ${this.#name} has no "smtp".`, { retryable: false, outcome: 'not-sent' });
    return smtp;
  }

  /** Host and port of the server that takes mails, for people. */
  get place(): string {
    return `${this.relay.host}:${portOf(this.relay)}`;
  }

  /** A conversation that nobody else has. Throws as `dial` does, WB_EMAIL_GIVEN_UP also when the connection is closed. */
  async dial(signal: AbortSignal): Promise<Dialogue> {
    // Loaded here: who only receives needs none of it.
    const { dial } = await import('./smtp/opening/dial.ts');
    return dial(this.relay, this.#token, AbortSignal.any([signal, this.#closed.signal]));
  }

  /** Whether the server is there and lets this side in. Sends nothing. Throws as `dial` does, or WB_EMAIL_BUSY. */
  async probe(): Promise<void> {
    if (this.post.smtp) await this.#tried((dialogue) => dialogue.look());
  }

  /** Whether the server takes mails of the sender of an entry. Sends none. Throws as `probe` does, WB_EMAIL_ADDRESS, WB_EMAIL_REFUSED or WB_EMAIL_LATER. */
  async probeTarget(target: Target): Promise<void> {
    const { sender } = checkEntry(target, this.post, this.signer);
    const answer = await this.#tried((dialogue) => dialogue.ask(sender));
    const text = `${this.place} does not take mails of ${sender}: ${wordsOf(answer)}.`;
    if (meaningOf(answer) === 'later') throw errors.WB_EMAIL_LATER(text);
    if (meaningOf(answer) !== 'done') throw errors.WB_EMAIL_REFUSED(text);
  }

  async #tried<T>(ask: (dialogue: Dialogue) => Promise<T>): Promise<T> {
    const dialogue = await this.dial(new AbortController().signal);
    try {
      return await ask(dialogue);
    } catch (cause) {
      throw errors.WB_EMAIL_BUSY(`${this.place} lets this side in and does not go on: ${(cause as Error).message}.`, { cause });
    } finally {
      await dialogue.end();
    }
  }

  close(): void {
    this.#closed.abort();
  }
}
