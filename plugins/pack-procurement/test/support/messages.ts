import { readFileSync } from 'node:fs';
import { type Draft, MessageError, type MessageType, type MessageTypeRef, type ReadableMessage, type ReadMessage } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import pack from '../../src/index.ts';
import { type Options, options, type Writing, writing } from '../../src/options.ts';

/** A message as the kernel hands it to a pack. */
export function messageOf(body: string | Uint8Array, contentType?: string, encoding = 'utf-8'): ReadableMessage {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const about = contentType === undefined ? {} : { contentType };
  return { id: 'm-1', createdAt: Date.parse('2026-10-05T14:00:00Z'), encoding, body: bytes, properties: {}, ...about };
}

/** The options of an entry, as they stand in a manifest, in the form in which the pack gets them. */
export function chosen(settings: object = {}): Options {
  return resolveSettings(options, settings, { folder: '/' }) as Options;
}

/** As `chosen`, of an outbound entry. */
export function written(settings: object = {}): Writing {
  return resolveSettings(writing, settings, { folder: '/' }) as Writing;
}

/** A sample document of this folder. */
export function sampleOf(name: string): string {
  return readFileSync(new URL(`../samples/${name}`, import.meta.url), 'utf8');
}

export interface Readings {
  readonly type: MessageTypeRef;
  readonly read: ReadMessage;
}

/** Recognises and reads, as the kernel does. */
export function readBody(body: string | Uint8Array, settings: object = {}, contentType?: string, encoding?: string): Readings {
  const message = messageOf(body, contentType, encoding);
  const type = pack.recognise(message, chosen(settings));
  if (type === undefined) throw new Error('the pack does not know the message');
  return { type, read: pack.read(type, message, chosen(settings)) };
}

/** The error that reading ends with. */
export function faultOf(body: string | Uint8Array, settings: object = {}, contentType?: string): MessageError {
  try {
    readBody(body, settings, contentType);
  } catch (error) {
    if (error instanceof MessageError) return error;
    throw error;
  }
  throw new Error('the message was accepted');
}

/** What a message is composed with for an entry, or a reply for another one. */
export function contextWith<Chosen>(chosenOptions: Chosen) {
  return { time: '2026-10-05T14:00:00.000Z', messageId: 'm-2', options: chosenOptions } as const;
}

/** With the defaults of both directions. */
export const context = contextWith({ ...chosen(), ...written() });

export function textOf(draft: Draft | undefined): string {
  if (draft === undefined) throw new Error('nothing was composed');
  return typeof draft.body === 'string' ? draft.body : Buffer.from(draft.body).toString();
}

export function typeOf(name: string, version = '1.2'): MessageType {
  const type = pack.messages.find((each) => each.name === name && each.version === version);
  if (type === undefined) throw new Error(`no such message: ${name}@${version}`);
  return type;
}

/** The code of the one status in an answer; undefined where it is no cXML with one. */
export function statusIn(document: string): number | undefined {
  const found = [...document.matchAll(/<cXML [^>]*>\s*<Response[^>]*>\s*<Status code="(\d{3})"/g)];
  return found.length === 1 ? Number(found[0]?.[1]) : undefined;
}
