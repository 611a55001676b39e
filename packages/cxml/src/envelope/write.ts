import { MessageError } from '@waybill/contract';
import { documentNamed } from '../documents.ts';
import { statusText } from '../status/codes.ts';
import { statusErrors } from '../status/errors.ts';
import type { DocumentDefinition } from './definition.ts';
import type { CxmlHead } from './document.ts';
import type { Envelope } from './frame.ts';
import { withoutZulu } from './times.ts';

/** The version whose DTD a document names where nobody has said another one. */
export const defaultVersion = '1.2.050';

/**
 * Writes a document of a type, in the order of the DTD of its version, without a secret. `input`: what `readDocument` gives. Throws a final
 * `MessageError` `WB_CXML_BAD_REQUEST` with the element's path where the input does not fit, and a `TypeError` for a type that does not exist.
 */
export function writeDocument(type: string, input: unknown, head: CxmlHead): string {
  const known = documentNamed(type, undefined, isOfEvent(input) ? 'event' : 'command');
  if (known === undefined) throw new TypeError(`There is no document of the type ${type}.`);
  const { definition, message } = known;
  const version = head.version ?? defaultVersion;
  const systemId = systemIdOf(definition, version);
  try {
    return message.write(envelopeOf(definition, input, head, version), { systemId });
  } catch (cause) {
    if (!(cause instanceof MessageError)) throw cause;
    throw statusErrors.WB_CXML_BAD_REQUEST(`The ${type} cannot be written. ${cause.message}`, { at: cause.at, hint: cause.hint, cause });
  }
}

/** Events say whom they are for; commands do not. */
function isOfEvent(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'buyer' in input;
}

/** Where the DTD of a document is said to be. What is no version of a DTD, as partners write it into `version`, names none. */
export function systemIdOf({ module }: Pick<DocumentDefinition, 'module'>, version: string = defaultVersion): string {
  const its = /^1\.\d{1,3}\.\d{3}$/.test(version) ? version : defaultVersion;
  return `http://xml.cxml.org/schemas/cXML/${its}/${module}.dtd`;
}

/** The members of an input that stand around the content. */
interface Around {
  readonly payloadId?: unknown;
  readonly timestamp?: unknown;
  readonly buyer?: unknown;
  readonly test?: boolean;
  readonly parties?: Envelope['speakers'] extends infer S | undefined ? (S extends { parties: infer P } ? P : never) : never;
}

function envelopeOf({ kind, type, holds, beforeWrite }: DocumentDefinition, input: unknown, head: CxmlHead, version: string): Envelope {
  const whole = typeof input === 'object' && input !== null ? input : {};
  const { around, content } = holds === 'content' ? { around: {} as Around, content: whole } : parted(whole, holds);
  const { payloadId, timestamp, language = 'en', test = around.test ?? false, parties = around.parties, status, inReplyTo } = head;
  const own = { payloadId, timestamp: withoutZulu(timestamp), version, language };
  const written = { input: beforeWrite === undefined ? content : beforeWrite(content, version) };
  if (type === 'Response') return { ...own, status: status ?? { code: 200, text: statusText(200) } };
  if (kind === 'response') return { ...own, status: status ?? { code: 200, text: statusText(200) }, ...written };
  const speakers = parties === undefined ? {} : { speakers: { parties } };
  const said = kind === 'message' ? { ...(status && { status }), ...(inReplyTo !== undefined && { inReplyTo }) } : {};
  return { ...own, ...speakers, test, ...said, ...written };
}

function parted(input: object, holds: 'command' | 'event'): { readonly around: Around; readonly content: object } {
  if (holds === 'command') {
    const { payloadId, timestamp, test, parties, ...content } = input as Around;
    return { around: { payloadId, timestamp, ...(test !== undefined && { test }), ...(parties && { parties }) }, content };
  }
  const { buyer, payloadId, test, parties, ...content } = input as Around;
  return { around: { buyer, payloadId, ...(test !== undefined && { test }), ...(parties && { parties }) }, content };
}

/** The parts of an answer. */
export interface CxmlAnswer {
  readonly payloadId: string;
  readonly timestamp: string;
  readonly version?: string | undefined;
  readonly language?: string | undefined;
  readonly status: NonNullable<CxmlHead['status']>;
  /** What the answer has beside its status; there is none unless the status is one of success. */
  readonly content?: { readonly type: 'ProfileResponse' | 'PunchOutSetupResponse'; readonly input: unknown } | undefined;
}

/** Writes an answer. Throws as `writeDocument` does. */
export function writeResponse({ content, ...head }: CxmlAnswer): string {
  const isSuccess = head.status.code >= 200 && head.status.code < 300;
  if (content === undefined || !isSuccess) return writeDocument('Response', {}, head);
  return writeDocument(content.type, content.input, head);
}
