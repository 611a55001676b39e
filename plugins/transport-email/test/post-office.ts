import type { Message, Receipt, SendContext, Sender } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import { silentLog } from '@waybill/testing';
import { onTestFinished } from 'vitest';
import type { EmailConnection } from '../src/email-connection.ts';
import transport from '../src/index.ts';
import type { Target } from '../src/settings/target.ts';

export const context: SendContext = {
  name: 'test',
  log: silentLog,
  folder: '/',
  signal: new AbortController().signal,
  concurrency: 4,
  late: () => undefined,
};

/** Settings of a server on this machine, as they stand in a manifest. */
export function relayAt(port: number, more: object = {}): object {
  return { host: '127.0.0.1', port, encryption: 'none', name: 'shop.example.test', ...more };
}

export async function connect(smtp: object, more: object = {}): Promise<EmailConnection> {
  const raw = { smtp, domain: 'shop.example.test', ...more };
  const settings = resolveSettings(transport.connection, raw, { folder: '/' });
  return transport.connect(settings as never, context);
}

export async function openSender(
  smtp: object,
  { post = {}, target = {} }: { readonly post?: object; readonly target?: object } = {},
  over = context,
): Promise<Sender> {
  const connection = await connect(smtp, post);
  const endpoint = resolveSettings(
    transport.send?.endpoint as never,
    { from: 'Orders <orders@shop.example.test>', ...target },
    { folder: '/' },
  );
  return (transport.send as NonNullable<typeof transport.send>).open(connection, endpoint as Target, over);
}

/** The same, closed at the end of the test. */
export async function senderTo(
  smtp: object,
  options: { readonly post?: object; readonly target?: object } = {},
  over = context,
): Promise<Sender> {
  const sender = await openSender(smtp, options, over);
  onTestFinished(() => sender.close());
  return sender;
}

let messages = 0;

export function messageFor(to: readonly string[], body: Uint8Array | string = '<Order/>'): Message {
  return {
    id: `mail-${process.pid}-${++messages}`,
    body: typeof body === 'string' ? Buffer.from(body) : body,
    createdAt: Date.UTC(2026, 10, 27) + messages,
    contentType: 'application/xml',
    properties: { to: to.join(', ') },
  };
}

export function sendTo(sender: Sender, to: readonly string[], body?: Uint8Array | string): Promise<Receipt> {
  return sender.send(messageFor(to, body), { signal: new AbortController().signal });
}
