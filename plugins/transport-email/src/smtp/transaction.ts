import type { Recipient } from '../mail/composed-mail.ts';
import type { Relay } from '../settings/smtp.ts';
import { type Answer, isConfused, isOneTooMany, meaningOf, saysGoodbye, wordsOf } from './answer.ts';
import type { Body } from './body.ts';
import { Ended, endedBy } from './ended.ts';
import { type Envelope, mailCommand, recipientCommand } from './envelope.ts';
import type { Again, Transacted } from './fate.ts';
import { KnownFates } from './known-fates.ts';
import type { Offers } from './opening/hello.ts';
import type { Wire } from './wire.ts';

export type Limits = Pick<Relay, 'commandTimeout' | 'dataTimeout' | 'blockTimeout' | 'finalTimeout'>;

/** Up to here a mail and its final dot are one write: the system takes both at once, whatever is done (reference/email.md, section 1). */
const smallest = 65_536;

interface Surroundings {
  readonly wire: Wire;
  readonly offers: Offers;
  readonly limits: Limits;
  readonly isLmtp: boolean;
  /** A transaction was left open before this one. */
  readonly isDirty: boolean;
}

/**
 * One mail to recipients that were not ruled out before. Whatever happens, it tells what is known of each of them: what was answered stays, and
 * for the others it is the final dot that parts what was not sent from what nobody knows.
 */
export class Transaction {
  readonly #at: Surroundings;
  readonly #envelope: Envelope;
  readonly #body: Body;
  readonly #known: KnownFates;
  #answer: Answer | undefined;
  #ended: Ended | undefined;
  /** Nothing was answered yet that decides anything. */
  #isUntouched = true;
  #isConfused = false;
  /** The server has ended it by an answer. */
  isClean = false;

  constructor(at: Surroundings, envelope: Envelope, body: Body) {
    this.#at = at;
    this.#envelope = envelope;
    this.#body = body;
    this.#known = new KnownFates(envelope.recipients);
  }

  async run(signal: AbortSignal): Promise<Transacted> {
    const { wire } = this.#at;
    const giveUp = (): void => wire.cut(new Ended('given-up', 'the time for it was over'));
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      await this.#talk();
    } catch (error) {
      this.#ended = endedBy(error);
      wire.cut(this.#ended);
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
    return this.#result();
  }

  async #talk(): Promise<void> {
    const { wire, offers, limits, isDirty } = this.#at;
    const { recipients } = this.#envelope;
    const commands = recipients.map((one) => recipientCommand(one, this.#envelope, offers));
    const first = mailCommand(this.#envelope, offers, this.#body);
    if (offers.pipelining) wire.write(`${isDirty ? 'RSET\r\n' : ''}${first}\r\n${commands.join('\r\n')}\r\nDATA\r\n`);
    const say = (line: string): void => {
      if (!offers.pipelining) wire.write(`${line}\r\n`);
    };
    if (isDirty) {
      say('RSET');
      this.#endIfSaid(await wire.answer(limits.commandTimeout));
    }
    say(first);
    const isWanted = this.#senderIsTaken(await wire.answer(limits.commandTimeout));
    if (!isWanted && !offers.pipelining) return;
    let isContradicted = false;
    for (const [place, recipient] of recipients.entries()) {
      say(commands[place] ?? '');
      const answer = await wire.answer(limits.commandTimeout);
      if (isWanted) this.#recipientIsTaken(recipient, answer);
      else isContradicted ||= meaningOf(answer) === 'done';
    }
    if (this.#known.taken.length === 0 && !offers.pipelining) return;
    say('DATA');
    const answer = await wire.answer(limits.dataTimeout);
    if (meaningOf(answer) !== 'goOn') return this.#dataIsRefused(answer);
    // Even an empty mail would go to somebody.
    if (isContradicted) throw new Ended('told', 'the server refused the sender and took recipients all the same');
    if (this.#known.taken.length === 0) await this.#sendNothing();
    else await this.#sendBody();
  }

  /** MAIL: what is said here is about the sender, and so about all. */
  #senderIsTaken(answer: Answer): boolean {
    if (isConfused(answer)) this.#endConfused(answer);
    const isGoodbye = saysGoodbye(answer);
    if (!isGoodbye) this.#isUntouched = false;
    if (meaningOf(answer) === 'done') return true;
    this.#known.said(this.#envelope.recipients, answer, 'to the sender of the mail');
    this.#endIfSaid(answer);
    return false;
  }

  #recipientIsTaken(recipient: Recipient, answer: Answer): void {
    if (meaningOf(answer) === 'done') this.#known.take(recipient);
    else if (isConfused(answer)) this.#endConfused(answer);
    else if (isOneTooMany(answer)) this.#known.putOff(recipient);
    else this.#known.said([recipient], answer);
    this.#endIfSaid(answer);
  }

  #dataIsRefused(answer: Answer): void {
    // A mail that the server has not seen cannot be taken. Where nobody was, 503 says just that: DATA was written before it was known.
    if (meaningOf(answer) === 'done' || (this.#known.taken.length > 0 && isConfused(answer))) this.#endConfused(answer);
    this.#known.said(this.#known.taken, answer, 'to DATA');
    this.#endIfSaid(answer);
  }

  /** The server wants a mail for nobody (RFC 2920, 3.1): an empty one, which goes nowhere. */
  async #sendNothing(): Promise<void> {
    const { wire, limits, isLmtp } = this.#at;
    wire.write('.\r\n');
    // For each recipient that was taken there would be an answer: for none, none.
    if (isLmtp) throw new Ended('told', 'the server wanted a mail for nobody');
    this.#endIfSaid(await wire.answer(limits.finalTimeout));
    this.isClean = true;
  }

  async #sendBody(): Promise<void> {
    const { wire, limits, isLmtp } = this.#at;
    await this.#write();
    if (!isLmtp) {
      const answer = await wire.answer(limits.finalTimeout);
      this.#mailIsTaken(answer, this.#known.taken);
      this.#answer = answer;
      this.isClean = true;
      return;
    }
    // RFC 2033, 4.2: an answer for each, in their order.
    for (const recipient of this.#known.taken) {
      const answer = await wire.answer(limits.finalTimeout);
      this.#mailIsTaken(answer, [recipient]);
      if (meaningOf(answer) === 'done') this.#answer ??= answer;
    }
    this.isClean = true;
  }

  /** Up to the final dot; before that all of a large mail has to be out of this process. */
  async #write(): Promise<void> {
    const { wire, limits } = this.#at;
    const { stuffed } = this.#body;
    if (stuffed.length > smallest) {
      for (let from = 0; from < stuffed.length; from += smallest) {
        await wire.flush(stuffed.subarray(from, from + smallest), limits.blockTimeout);
        if (wire.hasAnswer) this.#heardEarly(await wire.answer(0));
      }
      this.#known.isHandedOver = true;
      return wire.write('.\r\n');
    }
    // What is there already was not said to this mail.
    if (wire.hasAnswer || wire.hasEnded) this.#heardEarly(await wire.answer(0));
    this.#known.isHandedOver = true;
    if (stuffed.length === 0) wire.write('.\r\n');
    else wire.write(stuffed, '.\r\n');
  }

  /** A server that says no while the mail is still on its way does not want the rest; without its end it has nothing. */
  #heardEarly(answer: Answer): never {
    const meaning = meaningOf(answer);
    if (meaning === 'no' || meaning === 'later') this.#known.said(this.#known.taken, answer, 'while the mail was sent');
    throw new Ended('told', `the server said ${wordsOf(answer)} while the mail was sent`);
  }

  #mailIsTaken(answer: Answer, recipients: readonly Recipient[]): void {
    this.#known.said(recipients, answer);
    if (meaningOf(answer) === 'goOn') throw new Ended('nonsense', `the server said ${wordsOf(answer)} after the end of the mail`);
    // Over LMTP it was said of one, and the others have answers of their own.
    if (this.#at.isLmtp) return;
    if (isConfused(answer)) throw new Ended('told', `the server said ${wordsOf(answer)}`);
    this.#endIfSaid(answer);
  }

  #endConfused(answer: Answer): never {
    this.#isConfused = true;
    throw new Ended('told', `the server said ${wordsOf(answer)}`);
  }

  #endIfSaid(answer: Answer): void {
    if (saysGoodbye(answer)) throw new Ended('told', `the server said ${wordsOf(answer)}`);
  }

  #result(): Transacted {
    const { fates, rest } = this.#known.inTheEnd(this.#ended, this.#isConfused ? 'attempt' : 'connection');
    return { fates, rest, answer: this.#answer, ended: this.#ended, again: this.#again };
  }

  get #again(): Again {
    if (!this.#ended || this.#ended.ending === 'given-up') return 'never';
    if (this.#isConfused) return 'once';
    return this.#isUntouched ? 'if-used' : 'never';
  }
}
