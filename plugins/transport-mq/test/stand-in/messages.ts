import type { Given, Seen } from './daemon/control/messages.ts';
import type { Descriptor, Place } from './daemon/queues/message.ts';

/** A message to put. Without a descriptor it is a persistent datagram of text in UTF-8. */
export interface GivenMessage {
  readonly body: string | Buffer;
  readonly descriptor?: Partial<Descriptor>;
  readonly properties?: Readonly<Record<string, string>>;
}

export interface BrowsedMessage {
  readonly body: Buffer;
  /** The body as UTF-8. */
  readonly text: string;
  readonly descriptor: Descriptor;
  /** Those that are text. */
  readonly properties: Readonly<Record<string, string>>;
  /** On a transmission queue, which has the name of another queue manager: the queue there. */
  readonly remote?: Place | undefined;
}

const binary: readonly string[] = ['MsgId', 'CorrelId', 'GroupId', 'AccountingToken'] satisfies (keyof Descriptor)[];

/** As the control socket carries it: bytes in base64, ids filled up with zeros. */
export function encoded(message: GivenMessage | string): Given {
  const { body, descriptor = {}, properties } = typeof message === 'string' ? { body: message } : message;
  const fields = Object.entries(descriptor).map(([name, value]) => [name, Buffer.isBuffer(value) ? idOf(value, name) : (value as unknown)]);
  return { body: Buffer.from(body).toString('base64'), descriptor: Object.fromEntries(fields) as Given['descriptor'], properties };
}

export function decoded({ body, descriptor, properties, remote }: Seen): BrowsedMessage {
  const bytes = Buffer.from(body, 'base64');
  const fields = Object.entries(descriptor).map(([name, value]) => [
    name,
    binary.includes(name) ? Buffer.from(String(value), 'base64') : value,
  ]);
  return { body: bytes, text: bytes.toString('utf8'), descriptor: Object.fromEntries(fields) as Descriptor, properties, remote };
}

function idOf(value: Buffer, name: string): string {
  const id = Buffer.alloc(name === 'AccountingToken' ? 32 : 24);
  value.copy(id);
  return id.toString('base64');
}
