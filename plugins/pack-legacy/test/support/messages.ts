import { readFileSync } from 'node:fs';
import { type Draft, MessageError, type MessageType, type MessageTypeRef, type ReadableMessage, type ReadMessage } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import pack from '../../src/index.ts';
import { type Options, options, type Writing, writing } from '../../src/options.ts';

/** A message as the kernel hands it to a pack. */
export function messageOf(body: string | Uint8Array, encoding = 'utf-8'): ReadableMessage {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return { id: 'm-1', createdAt: Date.parse('2026-03-14T16:20:05Z'), encoding, body: bytes, properties: {} };
}

/** The options of an entry, as they stand in a manifest, in the form in which the pack gets them. */
export function chosen(settings: object = {}): Options {
  return resolveSettings(options, settings, { folder: '/' }) as Options;
}

/** As `chosen`, of an outbound entry, or of a tool that writes for an inbound one. */
export function written({ widths = {}, ...settings }: Partial<Writing> = {}): Writing {
  return { ...(resolveSettings(writing, settings, { folder: '/' }) as Writing), widths };
}

export function fixture(file: string): Buffer {
  return readFileSync(new URL(`../fixtures/${file}`, import.meta.url));
}

export const sampleFiles = {
  'OrderCreate@01': 'order_create.txt',
  'CustomerNew@01': 'customer_new.txt',
  'CustomerUpdate@01': 'customer_update.txt',
  'OrderStatusUpdate@01': 'order_status_update_v01.txt',
  'OrderStatusUpdate@02': 'order_status_update_v02.txt',
  'ProductPriceUpdate@01': 'product_price_update_v01.txt',
  'ProductPriceUpdate@02': 'product_price_update_v02.txt',
  'ProductQuantityUpdate@01': 'product_quantity_update.txt',
} as const;

export interface How {
  readonly encoding?: string;
  readonly settings?: object;
}

/** Recognises and reads, as the kernel does. */
export function readBody(
  body: string | Uint8Array,
  { encoding, settings }: How = {},
): { readonly type: MessageTypeRef; readonly read: ReadMessage } {
  const message = messageOf(body, encoding);
  const type = pack.recognise(message, chosen(settings));
  if (type === undefined) throw new Error('the pack does not know the message');
  return { type, read: pack.read(type, message, chosen(settings)) };
}

/** The error that `act` ends with. */
export function refusal(act: () => unknown): MessageError {
  try {
    act();
  } catch (error) {
    if (error instanceof MessageError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

export const faultOf = (body: string | Uint8Array, how?: How): MessageError => refusal(() => readBody(body, how));

export function contextWith(settings?: Partial<Writing>) {
  return { time: '2026-03-14T16:20:05Z', messageId: 'm-2', options: written(settings) } as const;
}

export function bytesOf({ body }: Draft): Buffer {
  return Buffer.from(body as Uint8Array);
}

export function typeOf(ref: MessageTypeRef): MessageType {
  const type = pack.messages.find((each) => each.name === ref.name && each.version === ref.version);
  if (type === undefined) throw new Error(`no such message: ${ref.name}@${ref.version}`);
  return type;
}

/** What `compose` takes for what `read` gave: a command with its input, or the data of an event. */
export function writeAgain(ref: MessageTypeRef, read: ReadMessage, settings?: Partial<Writing>): Draft {
  return pack.compose(ref, typeOf(ref).direction === 'in' ? read : read.input, contextWith(settings));
}
