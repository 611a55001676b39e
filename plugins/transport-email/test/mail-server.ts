import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail that was taken. */
export interface TakenMail {
  readonly to: readonly string[];
  readonly from: string;
  readonly raw: Buffer;
}

/** Says no with this code and text. */
export function refusal(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

/** A mail server in this process, made of the package `smtp-server`, with what can go wrong there. */
export class MailServer {
  readonly mails: TakenMail[] = [];
  readonly failing = new Map<string, 'refused' | 'later'>();
  refusesMails = false;
  /** Takes mails and says nothing to that. */
  isSilent = false;
  /** Takes the next mail, and the connection ends without an answer. */
  losesAnswer = false;
  readonly #options: SMTPServerOptions;
  #server: SMTPServer;
  #port = 0;
  readonly #held: Array<() => void> = [];

  private constructor(options: SMTPServerOptions) {
    this.#options = options;
    this.#server = this.#make();
  }

  static async start(options: SMTPServerOptions = {}): Promise<MailServer> {
    const server = new MailServer(options);
    await server.open();
    return server;
  }

  get port(): number {
    return this.#port;
  }

  get connections(): number {
    return this.#server.connections.size;
  }

  /** Takes connections again, at the same port. */
  async open(): Promise<void> {
    const listening = this.#server.listen(this.#port, '127.0.0.1');
    await once(listening, 'listening');
    this.#port = (listening.address() as AddressInfo).port;
  }

  /** Cuts all connections and takes none until `open`. */
  async cut(): Promise<void> {
    const server = this.#server;
    this.#server = this.#make();
    cutAll(server);
    await new Promise<void>((resolve) => server.close(resolve));
  }

  speak(): void {
    this.isSilent = false;
    for (const answer of this.#held.splice(0)) answer();
  }

  async close(): Promise<void> {
    await this.cut();
  }

  #make(): SMTPServer {
    const server = new SMTPServer({
      logger: false,
      authOptional: true,
      disableReverseLookup: true,
      hideDSN: false,
      closeTimeout: 10,
      disabledCommands: ['STARTTLS'],
      onRcptTo: ({ address }, _session, done) => {
        const outcome = this.failing.get(address);
        if (outcome === undefined) done();
        else done(outcome === 'refused' ? refusal(550, '5.1.1 no such user') : refusal(451, '4.2.1 mailbox busy'));
      },
      onData: (stream, { envelope: { mailFrom, rcptTo } }, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          if (this.refusesMails) return done(refusal(554, '5.7.1 not wanted'));
          this.mails.push({ to: rcptTo.map(({ address }) => address), from: mailFrom ? mailFrom.address : '', raw: Buffer.concat(parts) });
          if (this.losesAnswer) return cutAll(server);
          if (this.isSilent) return void this.#held.push(() => done());
          done(null, 'OK: queued as 4F2A1B');
        });
      },
      ...this.#options,
    });
    // Connections that end in the middle are what is tried here.
    server.on('error', () => undefined);
    return server;
  }
}

function cutAll({ connections }: SMTPServer): void {
  for (const connection of connections) (connection as unknown as { readonly _socket: { destroy(): void } })._socket.destroy();
}

/** What a mail carries: its last attachment, else its text. */
export async function bodyOfMail({ raw }: TakenMail): Promise<Buffer> {
  const { attachments, text = '' } = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true });
  return attachments.at(-1)?.content ?? Buffer.from(text);
}
