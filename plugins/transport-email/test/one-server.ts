import type { Receipt, TransportError } from '@waybill/contract';
import { isWaybillError } from '@waybill/contract';
import { onTestFinished } from 'vitest';
import { relayAt, senderTo, sendTo } from './post-office.ts';
import { type Script, type ScriptServer, type SessionScript, startScript } from './script-server.ts';

/** A server that follows the scripts of its connections, ended with the test. */
export async function scripted(sessions: readonly SessionScript[], options: Pick<Script, 'lmtp'> = {}): Promise<ScriptServer> {
  const server = await startScript({ sessions, ...options });
  onTestFinished(() => server.close());
  return server;
}

/** What a send came to: its outcome, and that of each recipient. */
export interface Ending {
  readonly receipt?: Receipt | undefined;
  readonly error?: TransportError | undefined;
  readonly outcomes: Readonly<Record<string, string>>;
}

export async function endingOf(sending: Promise<Receipt>): Promise<Ending> {
  try {
    const receipt = await sending;
    return { receipt, outcomes: outcomesIn(receipt.recipients) };
  } catch (error) {
    if (!isWaybillError(error)) throw error;
    return { error: error as TransportError, outcomes: outcomesIn((error as TransportError).recipients) };
  }
}

function outcomesIn(recipients: Receipt['recipients'] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(recipients.map(({ address, outcome }) => [address, outcome]));
}

export const [ada, bob, cyd] = ['ada@shop.example.test', 'bob@mill.example.test', 'cyd@yard.example.test'] as const;

/** Sends one mail to a server that does this, in its only connection. */
export async function sendOver(
  session: SessionScript,
  to: readonly string[] = [ada, bob],
  smtp: object = {},
  body?: Uint8Array,
): Promise<Ending & { readonly server: ScriptServer }> {
  const server = await scripted([session]);
  const opening = senderTo(relayAt(server.port, smtp));
  const ending = await endingOf(opening.then((sender) => sendTo(sender, to, body)));
  return { ...ending, server };
}

/** Without PIPELINING: each command waits for the answer to the one before. */
export const stepByStep = ['250-mx.example.test', '250-8BITMIME', '250 SIZE 52428800'];
export const atOnce = ['250-mx.example.test', '250-PIPELINING', '250-8BITMIME', '250 SIZE 52428800'];
