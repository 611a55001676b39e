import { readFileSync } from 'node:fs';
import { type Draft, MessageError, type MessageType, type MessageTypeRef, type ReadableMessage, type ReadMessage } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import type { Choose } from '@waybill/values';
import * as fc from 'fast-check';
import pack from '../../src/index.ts';
import { type Options, options, type Writing, writing } from '../../src/options.ts';

/** A message as the kernel hands it to a pack. */
export function messageOf(body: string | Uint8Array): ReadableMessage {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return { id: 'm-1', createdAt: Date.parse('2026-03-14T16:20:05Z'), encoding: 'utf-8', body: bytes, properties: {} };
}

/** The options of an entry, as they stand in a manifest, in the form in which the pack gets them. */
export function chosen(settings: object = {}): Options {
  return resolveSettings(options, settings, { folder: '/' }) as Options;
}

/** As `chosen`, of an outbound entry. */
export function written(settings: object = {}): Writing {
  return resolveSettings(writing, settings, { folder: '/' }) as Writing;
}

/** A sample of the reference. */
export function sampleOf(name: string): string {
  return readFileSync(new URL(`../samples/${name}.xml`, import.meta.url), 'utf8');
}

/** Recognises and reads, as the kernel does. */
export function readBody(body: string | Uint8Array, settings: object = {}): { readonly type: MessageTypeRef; readonly read: ReadMessage } {
  const message = messageOf(body);
  const type = pack.recognise(message, chosen(settings));
  if (type === undefined) throw new Error('the pack does not know the message');
  return { type, read: pack.read(type, message, chosen(settings)) };
}

/** The error that reading ends with. */
export function faultOf(body: string | Uint8Array, settings: object = {}): MessageError {
  try {
    readBody(body, settings);
  } catch (error) {
    if (error instanceof MessageError) return error;
    throw error;
  }
  throw new Error('the message was accepted');
}

/** What a message is composed with for an entry, or a reply for another one. */
export function contextWith<Chosen>(options: Chosen) {
  return { time: '2026-03-14T16:20:05Z', messageId: 'm-2', options } as const;
}

/** With the defaults of both directions. */
export const context = contextWith({ ...chosen(), ...written() });

export function textOf(draft: Draft | undefined): string {
  if (typeof draft?.body !== 'string') throw new Error('no text was composed');
  return draft.body;
}

export function typeOf(name: string, version: string): MessageType {
  const type = pack.messages.find((each) => each.name === name && each.version === version);
  if (type === undefined) throw new Error(`no such message: ${name}@${version}`);
  return type;
}

/** What `compose` takes for what `read` gave: a command with its input, or the data of an event or reply. */
export function dataOf({ direction }: MessageType, read: ReadMessage): unknown {
  return direction === 'in' ? read : read.input;
}

/** Answers to the questions of whoever makes up a value; shorter and smaller answers make plainer values. */
export const answers: fc.Arbitrary<Choose> = fc.array(fc.nat({ max: 999_999_999 }), { maxLength: 250 }).map((list) => {
  let asked = 0;
  return (count) => (list[asked++] ?? 0) % count;
});
