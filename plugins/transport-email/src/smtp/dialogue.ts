import type { Recipient } from '../mail/composed-mail.ts';
import type { Relay } from '../settings/smtp.ts';
import { type Answer, meaningOf, wordsOf } from './answer.ts';
import type { Body } from './body.ts';
import { Ended, type Ending, endedBy } from './ended.ts';
import { type Envelope, isBeyondAscii, isSafe, needsUtf8In } from './envelope.ts';
import type { Fate, Transacted } from './fate.ts';
import type { Offers } from './opening/hello.ts';
import { Transaction } from './transaction.ts';
import type { Wire } from './wire.ts';

/** How long a server may take to say goodbye, in milliseconds. Nothing depends on it. */
const goodbye = 500;

/** A conversation with a mail server that is ready to take mails, one after the other. */
export class Dialogue {
  readonly #wire: Wire;
  readonly #offers: Offers;
  readonly #relay: Relay;
  #isDirty = false;
  /** How many mails were sent. */
  mails = 0;

  constructor(wire: Wire, offers: Offers, relay: Relay) {
    this.#wire = wire;
    this.#offers = offers;
    this.#relay = relay;
  }

  /** Host and port, for people. */
  get place(): string {
    return this.#wire.place;
  }

  get isUsable(): boolean {
    return this.#wire.isQuiet;
  }

  /** Sends a mail to the recipients to whom this server can take it, and tells what became of each. Never throws. */
  async transact(envelope: Envelope, body: Body, signal: AbortSignal): Promise<Transacted> {
    const ruledOut = this.#ruledOut(envelope, body);
    const recipients = envelope.recipients.filter((one) => !ruledOut.has(one));
    const before = [...ruledOut.values()];
    if (recipients.length === 0) return { fates: before, rest: [], again: 'never' };
    if (signal.aborted) return { fates: [...before, ...recipients.map(untried)], rest: [], again: 'never' };
    const { protocol } = this.#relay;
    const surroundings = {
      wire: this.#wire,
      offers: this.#offers,
      limits: this.#relay,
      isLmtp: protocol === 'lmtp',
      isDirty: this.#isDirty,
    };
    const transaction = new Transaction(surroundings, { ...envelope, recipients }, body);
    this.mails++;
    const result = await transaction.run(signal);
    this.#isDirty = !transaction.isClean;
    return { ...result, fates: before.length === 0 ? result.fates : [...before, ...result.fates] };
  }

  /** Whether the server still answers. Throws `Ended`. */
  async look(): Promise<void> {
    this.#wire.write('NOOP\r\n');
    const answer = await this.#wire.answer(this.#relay.commandTimeout);
    if (meaningOf(answer) !== 'done') throw new Ended('told', `the server said ${wordsOf(answer)}`);
  }

  /** What the server says to this sender. No mail follows. Throws `Ended`. */
  async ask(sender: string): Promise<Answer> {
    this.#isDirty = true;
    this.#wire.write(`MAIL FROM:<${sender}>\r\n`);
    const answer = await this.#wire.answer(this.#relay.commandTimeout);
    this.#wire.write('RSET\r\n');
    await this.#wire.answer(this.#relay.commandTimeout);
    return answer;
  }

  /** Ends the connection politely, within a moment. */
  async end(): Promise<void> {
    if (this.#wire.isQuiet) {
      this.#wire.write('QUIT\r\n');
      await this.#wire.answer(goodbye).catch(endedBy);
    }
    this.cut('told', 'the connection was closed by this side');
  }

  cut(ending: Ending, why: string): void {
    this.#wire.cut(new Ended(ending, why));
  }

  /** What this server cannot take, told without asking it. */
  #ruledOut(envelope: Envelope, { size, hasEightBit }: Body): ReadonlyMap<Recipient, Fate> {
    const { largest, utf8, eightBit } = this.#offers;
    const { sender, recipients, needsUtf8 } = envelope;
    const out = new Map<Recipient, Fate>();
    const refuse = (recipient: Recipient, detail: string) => out.set(recipient, { recipient, outcome: 'refused', detail });
    const ofAll =
      (largest !== undefined && size > largest && `5.3.4 the mail has ${size} bytes, the server takes ${largest}`) ||
      (!utf8 &&
        (needsUtf8 || needsUtf8In(sender)) &&
        '5.6.7 an address of the mail has letters outside ASCII, and the server has no SMTPUTF8') ||
      (!eightBit && hasEightBit && '5.6.1 the mail has bytes above 127, and the server has no 8BITMIME') ||
      (sender !== '' && !isSafe(sender) && '5.1.7 the address of the sender is none');
    for (const recipient of recipients) {
      if (ofAll) refuse(recipient, ofAll);
      else if (!isSafe(recipient.wire)) refuse(recipient, '5.1.3 the address is none');
      else if (!utf8 && isBeyondAscii(recipient))
        refuse(recipient, '5.6.7 the address has letters outside ASCII, and the server has no SMTPUTF8');
    }
    return out;
  }
}

function untried(recipient: Recipient): Fate {
  return { recipient, outcome: 'not-sent', detail: 'the time for it was over' };
}
