import type { IncomingMessage, Message, TransportError } from '@waybill/contract';
import type { Message as WireMessage } from 'rhea';
import { errors } from './errors.ts';
import type { Profile } from './profiles.ts';

/** What a message becomes that has come. */
export interface Incoming {
  readonly message: IncomingMessage;
  /** It could not be taken whole. */
  readonly defect: TransportError | undefined;
}

/** Fields of AMQP that the contract has no word for stand among the properties under these names. */
const fields = {
  group_id: 'amqp-group-id',
  user_id: 'amqp-user-id',
  to: 'amqp-to',
  content_encoding: 'amqp-content-encoding',
} as const;
/** Those of them that the sender decides. */
const sent = ['group_id', 'content_encoding'] as const;

/** How the names of annotations begin. */
const annotation = 'x-opt-';

/** The longest time to live that AMQP can say, in milliseconds. */
const longest = 0xffff_ffff;

const noBody = new Uint8Array(0);

/** A message as it came, with a body of `limit` bytes at most. */
export function fromWire(wire: WireMessage, limit: number): Incoming {
  const { body, defect } = bodyOf(wire.body, limit);
  const expiresAt = timeOf(wire.absolute_expiry_time);
  const message: IncomingMessage = {
    id: idOf(wire.message_id),
    body,
    createdAt: timeOf(wire.creation_time),
    type: textOf(wire.subject),
    contentType: textOf(wire.content_type),
    correlationId: idOf(wire.correlation_id),
    replyTo: textOf(wire.reply_to),
    priority: typeof wire.priority === 'number' ? Math.min(wire.priority, 9) : undefined,
    expiresAt,
    persistent: wire.durable === true,
    properties: propertiesOf(wire),
  };
  return { message, defect };
}

/** Bytes as they are, text as UTF-8. What else AMQP can carry is nothing that a message pack could read. */
function bodyOf(body: unknown, limit: number): { readonly body: Uint8Array; readonly defect: TransportError | undefined } {
  const bytes = bytesOf(body);
  if (bytes === undefined)
    return { body: noBody, defect: errors.WB_AMQP_UNREADABLE('The body of the message is neither bytes nor text, but a value of AMQP.') };
  if (bytes.byteLength <= limit) return { body: bytes, defect: undefined };
  const defect = errors.WB_AMQP_TOO_LARGE(`The message has ${bytes.byteLength} bytes, ${limit} are allowed.`);
  return { body: noBody, defect };
}

/** The code of a section of bytes. */
const dataSection = 0x75;

function bytesOf(body: unknown): Uint8Array | undefined {
  if (body === undefined || body === null) return noBody;
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  const { typecode, content, multiple } = body as { readonly typecode?: number; readonly content?: unknown; readonly multiple?: boolean };
  if (typecode !== dataSection) return undefined;
  if (multiple === true) return Buffer.concat(content as Uint8Array[]);
  return content instanceof Uint8Array ? content : undefined;
}

/** As text: AMQP also has numbers, UUIDs and bytes for ids. */
function idOf(id: unknown): string | undefined {
  if (typeof id === 'string') return id === '' ? undefined : id;
  if (typeof id === 'number') return String(id);
  if (!(id instanceof Uint8Array)) return undefined;
  const digits = Buffer.from(id).toString('hex');
  return id.byteLength === 16 ? digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : digits;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function timeOf(value: unknown): number | undefined {
  const time = value instanceof Date ? value.getTime() : value;
  return typeof time === 'number' && Number.isFinite(time) ? time : undefined;
}

/** Everything that is a single value, as text. An application's own property wins over a field or an annotation of the same name. */
function propertiesOf(wire: WireMessage): Record<string, string> {
  const own = Object.entries(fields).map(([field, name]) => [name, wire[field as keyof typeof fields]] as const);
  const all = [...own, ...entriesOf(wire.message_annotations), ...entriesOf(wire.application_properties)];
  return Object.fromEntries(all.flatMap(([name, value]) => singleText(value).map((text) => [name, text])));
}

function entriesOf(map: object | undefined): readonly (readonly [string, unknown])[] {
  return Object.entries(map ?? {});
}

function singleText(value: unknown): readonly string[] {
  if (value instanceof Date) return [value.toISOString()];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('hex')];
  return ['string', 'number', 'boolean', 'bigint'].includes(typeof value) ? [String(value)] : [];
}

export interface Outgoing {
  readonly address: string;
  /** Where replies are awaited, in place of what the message says. */
  readonly replyTo?: string | undefined;
  /** How long the message may wait at the broker, in milliseconds, beside what it says itself. */
  readonly expiry?: number | undefined;
}

/** A message as it is sent; its body is bytes. */
export function toWire(
  message: Omit<Message, 'createdAt'> & { readonly createdAt?: number | undefined },
  { address, replyTo = message.replyTo, expiry }: Outgoing,
  { takesAnnotations }: Pick<Profile, 'takesAnnotations'>,
): WireMessage {
  const { id, body, createdAt, type, contentType, correlationId, priority, expiresAt, persistent, properties } = message;
  const isAnnotation = (name: string): boolean => takesAnnotations && name.startsWith(annotation);
  const names: readonly string[] = Object.values(fields);
  const given = Object.entries(properties).filter(([name]) => !names.includes(name));
  const annotations = given.filter(([name]) => isAnnotation(name));
  const ttl = timeToLive(expiresAt, expiry);
  return {
    durable: persistent ?? true,
    ...(priority === undefined ? {} : { priority }),
    ...(ttl === undefined ? {} : { ttl }),
    ...(annotations.length === 0 ? {} : { message_annotations: Object.fromEntries(annotations) }),
    message_id: id,
    to: address,
    ...(type === undefined ? {} : { subject: type }),
    ...(replyTo === undefined ? {} : { reply_to: replyTo }),
    ...(correlationId === undefined ? {} : { correlation_id: correlationId }),
    ...(contentType === undefined ? {} : { content_type: contentType }),
    ...(expiresAt === undefined ? {} : { absolute_expiry_time: new Date(expiresAt) }),
    ...(createdAt === undefined ? {} : { creation_time: new Date(createdAt) }),
    ...Object.fromEntries(sent.flatMap((field) => (properties[fields[field]] === undefined ? [] : [[field, properties[fields[field]]]]))),
    application_properties: Object.fromEntries(given.filter(([name]) => !isAnnotation(name))),
    body: asBuffer(body),
  };
}

/** Of a message that has expired already one millisecond is left: 0 would mean that it never does. */
function timeToLive(expiresAt: number | undefined, expiry: number | undefined): number | undefined {
  const left = Math.min(expiresAt === undefined ? Number.POSITIVE_INFINITY : expiresAt - Date.now(), expiry ?? Number.POSITIVE_INFINITY);
  return left === Number.POSITIVE_INFINITY ? undefined : Math.min(Math.max(1, Math.round(left)), longest);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
