import {
  isWaybillError,
  type Message,
  type Receipt,
  type SendContext,
  type Sender,
  type SendOptions,
  type TransportError,
} from '@waybill/contract';
import type { EmailConnection } from '../email-connection.ts';
import { errors } from '../errors.ts';
import { checkEntry } from '../mail/check-entry.ts';
import { compose } from '../mail/compose.ts';
import type { Recipient } from '../mail/composed-mail.ts';
import { envelopeIdOf, referenceOf } from '../reference.ts';
import type { Relay } from '../settings/smtp.ts';
import type { Target } from '../settings/target.ts';
import type { Answer } from '../smtp/answer.ts';
import { type Body, bodyOf } from '../smtp/body.ts';
import { Ended } from '../smtp/ended.ts';
import type { Envelope } from '../smtp/envelope.ts';
import type { Fate } from '../smtp/fate.ts';
import { Pool } from '../smtp/pool.ts';
import { type Attempted, knownSoFar, receiptOf } from './outcome.ts';

/** Hands mails to a mail server, over connections of its own. */
export class EmailSender implements Sender {
  readonly #connection: EmailConnection;
  readonly #relay: Relay;
  readonly #target: Target;
  readonly #pool: Pool;
  readonly #inFlight = new Set<Promise<unknown>>();
  #isClosed = false;

  private constructor(connection: EmailConnection, target: Target, pool: Pool) {
    this.#connection = connection;
    this.#relay = connection.relay;
    this.#target = target;
    this.#pool = pool;
  }

  /** Makes a first connection, so that a wrong password is seen at the start. Throws as `dial` does. */
  static async open(connection: EmailConnection, target: Target, context: SendContext): Promise<EmailSender> {
    const { idleTimeout, mailsEach } = connection.relay;
    checkEntry(target, connection.post, connection.signer);
    const pool = new Pool((signal) => connection.dial(signal), { most: context.concurrency, idleTimeout, mailsEach });
    await pool.warm(context.signal);
    return new EmailSender(connection, target, pool);
  }

  references(message: Message): readonly string[] {
    return [referenceOf(message, this.#connection.post.key)];
  }

  async send(message: Message, { signal, to, note }: SendOptions): Promise<Receipt> {
    const { place } = this.#connection;
    if (this.#isClosed) throw errors.WB_EMAIL_CLOSED(`The sender of mails to ${place} is closed.`, { outcome: 'not-sent' });
    if (signal.aborted) throw errors.WB_EMAIL_GIVEN_UP(`The time for sending to ${place} was over.`, { outcome: 'not-sent' });
    const { envelope, body } = this.#mailOf(message, to);
    const work = this.#attempt(envelope, body, { signal, note });
    this.#inFlight.add(work);
    try {
      return receiptOf(await work);
    } finally {
      this.#inFlight.delete(work);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#inFlight);
    await this.#pool.close();
  }

  #mailOf(message: Message, to: SendOptions['to']): { readonly envelope: Envelope; readonly body: Body } {
    const { post } = this.#connection;
    const mail = compose(message, this.#target, post, this.#connection.signer);
    const body = bodyOf(mail.bytes);
    if ('impossible' in body) throw errors.WB_EMAIL_UNSENDABLE(`The mail cannot be sent: ${body.impossible}.`, { outcome: 'refused' });
    const recipients = to ? mail.recipients.filter(({ address }) => to.includes(address)) : mail.recipients;
    if (recipients.length === 0)
      throw errors.WB_EMAIL_UNSENDABLE('The mail cannot be sent: nobody of those that it is still to go to is among its recipients.');
    const { sender, needsUtf8, reference } = mail;
    const { notify, ret } = this.#target;
    return { envelope: { sender, recipients, needsUtf8, id: envelopeIdOf(reference), notify, ret }, body };
  }

  /** One transaction after the other, as long as there is somebody left. Never throws: what is known of one recipient must not be lost by another. */
  async #attempt(envelope: Envelope, body: Body, { signal, note }: Pick<SendOptions, 'signal' | 'note'>): Promise<Attempted> {
    const { recipientsAtOnce, comeAgain } = this.#relay;
    const fates: Fate[] = [];
    let answer: Answer | undefined;
    let ended: Ended | undefined;
    let failure: TransportError | undefined;
    let left = envelope.recipients;
    while (left.length > 0) {
      const recipients = left.slice(0, recipientsAtOnce);
      left = left.slice(recipientsAtOnce);
      const some = { ...envelope, recipients };
      try {
        const result = await this.#pool.run((dialogue) => dialogue.transact(some, body, signal), signal);
        fates.push(...result.fates);
        answer ??= result.answer && result.fates.some(({ outcome }) => outcome === 'sent') ? result.answer : undefined;
        // A transaction that took nobody would be followed by another one like it, for ever.
        const isOver = result.rest.length === recipients.length;
        if (isOver) fates.push(...result.rest.map((recipient) => fateOf(recipient, 'later', 'the server said that they are too many')));
        else left = [...result.rest, ...left];
        ended = result.ended;
        // A process that ends now is not to send to them again.
        if (note && left.length > 0 && !ended && !(await note(knownSoFar({ fates, left, comeAgain })))) ended = takenOver();
      } catch (error) {
        if (isWaybillError(error)) failure = error as TransportError;
        else ended = error as Ended;
        left = [...recipients, ...left];
      }
      if (ended ?? failure) break;
    }
    const why = failure?.message.replace(/\.$/, '') ?? ended?.message ?? '';
    fates.push(...left.map((recipient) => fateOf(recipient, 'not-sent', why)));
    return { place: this.#connection.place, fates: inOrder(envelope, fates), answer, ended, failure, comeAgain };
  }
}

function takenOver(): Ended {
  return new Ended('given-up', 'another process has taken it over');
}

function fateOf(recipient: Recipient, outcome: Fate['outcome'], detail: string): Fate {
  return { recipient, outcome, detail };
}

/** As the recipients stand in the mail. */
function inOrder({ recipients }: Envelope, fates: readonly Fate[]): readonly Fate[] {
  if (recipients.length === 1) return fates;
  const byRecipient = new Map(fates.map((fate) => [fate.recipient, fate]));
  return recipients.flatMap((recipient) => byRecipient.get(recipient) ?? []);
}
