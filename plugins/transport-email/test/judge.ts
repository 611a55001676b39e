import { isWaybillError, type Message, type RecipientOutcome, type TransportError } from '@waybill/contract';
import { messageFor, openSender, relayAt } from './post-office.ts';
import type { Script, ScriptServer } from './script-server.ts';

/** What a dialogue showed. */
export interface Judged {
  readonly first: Readonly<Record<string, string>>;
  readonly last: Readonly<Record<string, string>>;
  /** What is not as it was expected, in words. */
  readonly wrong: readonly string[];
}

export type Serve = (script: Script) => Promise<ScriptServer>;

/** Sends one mail to a server that follows the script, in as many attempts as it has sessions, each to those only who are still open. */
export async function judge(script: Script, serve: Serve): Promise<Judged> {
  const server = await serve(script);
  try {
    const message = messageFor(script.to, Buffer.alloc(Math.floor((script.size ?? 100) * 0.7), 'x'));
    const known = new Map(script.to.map((address) => [address, 'not-sent']));
    let first: Readonly<Record<string, string>> | undefined;
    for (let attempt = 0; attempt < script.sessions.length; attempt++) {
      const open = script.to.filter((address) => ['not-sent', 'later'].includes(known.get(address) ?? ''));
      if (open.length === 0) break;
      for (const [address, outcome] of await attemptOf(script, server.port, message, open)) known.set(address, outcome);
      first ??= Object.fromEntries(known);
    }
    const last = Object.fromEntries(known);
    const wrong = [
      ...differences('first', script.first ?? {}, first ?? {}),
      ...differences('in the end', script.expect, last),
      ...against(script, server),
    ];
    return { first: first ?? {}, last, wrong };
  } finally {
    await server.close();
  }
}

async function attemptOf(script: Script, port: number, message: Message, to: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const limit = script.giveUpAfter === undefined ? {} : { finalTimeout: `${script.giveUpAfter}ms` };
  const shared = (error: unknown): ReadonlyMap<string, string> => {
    if (!isWaybillError(error) || !('outcome' in error)) throw error;
    const { outcome, recipients = [], connectionLost } = error as TransportError;
    const told = new Map(recipients.map((one) => [one.address, connectionLost ? asLost(one) : one.outcome]));
    return new Map(to.map((address) => [address, told.get(address) ?? outcome]));
  };
  try {
    const sender = await openSender(relayAt(port, { protocol: script.lmtp ? 'lmtp' : 'smtp', ...limit }));
    try {
      const { recipients = [] } = await sender.send(message, { signal: new AbortController().signal, to });
      return new Map(recipients.map((one) => [one.address, one.outcome]));
    } finally {
      await sender.close();
    }
  } catch (error) {
    return shared(error);
  }
}

/** With a connection that is lost, those who are open are told as `later`; what the server has not said of them is that nothing was sent. */
function asLost({ outcome, detail = '' }: RecipientOutcome): string {
  return outcome === 'later' && !/^[45][0-9]{2}(?: |$)/.test(detail) ? 'not-sent' : outcome;
}

function differences(when: string, expected: Script['expect'], seen: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(seen).flatMap(([address, outcome]) => {
    const right = [expected[address] ?? expected['*'] ?? []].flat();
    return right.length === 0 || right.includes(outcome) ? [] : [`${when}, ${address} is ${outcome}, not ${right.join(' or ')}`];
  });
}

function against({ mustNotSay, mustNotDeliver }: Script, { seen }: ScriptServer): readonly string[] {
  const said = mustNotSay === undefined ? [] : seen.flatMap(({ commands }) => commands.filter((line) => line.includes(mustNotSay)));
  const delivered = mustNotDeliver ? seen.filter(({ data }) => data && data.length > 0) : [];
  return [...said.map((line) => `it said ${line}`), ...delivered.map(() => 'a mail was delivered')];
}
