import { onTestFinished } from 'vitest';
import type { Recipient } from '../src/mail/composed-mail.ts';
import { type Body, bodyOf } from '../src/smtp/body.ts';
import type { Dialogue } from '../src/smtp/dialogue.ts';
import type { Envelope } from '../src/smtp/envelope.ts';
import type { Transacted } from '../src/smtp/fate.ts';
import { connect, relayAt } from './post-office.ts';

const never = new AbortController().signal;

/** A conversation with a server on this machine, without a sender around it; ended with the test. */
export async function dialogueAt(port: number, smtp: object = {}): Promise<Dialogue> {
  const connection = await connect(relayAt(port, smtp));
  const dialogue = await connection.dial(never);
  onTestFinished(() => dialogue.cut('told', 'the test has ended'));
  return dialogue;
}

export function recipientOf(address: string): Recipient {
  return { address, wire: address, needsUtf8: /[\u0080-\u{10ffff}]/u.test(address) };
}

export function envelopeTo(to: readonly string[], more: Partial<Envelope> = {}): Envelope {
  return {
    sender: 'orders@shop.example.test',
    recipients: to.map(recipientOf),
    needsUtf8: false,
    id: 'wb.abc',
    notify: ['failure', 'delay'],
    ret: 'headers',
    ...more,
  };
}

export function bodyFrom(text: string | Uint8Array): Body {
  const body = bodyOf(typeof text === 'string' ? Buffer.from(text, 'latin1') : text);
  if ('impossible' in body) throw new Error(body.impossible);
  return body;
}

export function transactAt(dialogue: Dialogue, envelope: Envelope, body = bodyFrom('Subject: x\r\n\r\nhello\r\n')): Promise<Transacted> {
  return dialogue.transact(envelope, body, never);
}
