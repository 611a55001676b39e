import { statusErrors } from '../status/errors.ts';
import { type Headers, takeHeaders } from './headers/block.ts';
import { harmlessName } from './headers/file-name.ts';
import { parameterOf } from './headers/parameter.ts';
import { type HeaderValue, readHeaderValue } from './headers/value.ts';
import { splitParts } from './split.ts';
import { decodeTransfer } from './transfer-encoding.ts';

/** What a message of several parts may use. What is more refuses it with status 499. Its size as a whole is bounded by whoever took it from the wire. */
export interface MultipartLimits {
  /** Parts, nested ones counted. Default 200. */
  readonly parts: number;
  /** Bytes of the header block of one part. Default 16 KiB. */
  readonly headerBytes: number;
}

const defaults: MultipartLimits = { parts: 200, headerBytes: 16 * 1024 };

/** A part of a message, its transfer encoding undone. */
export interface MultipartPart {
  /** As it is written in the header, without angle brackets. */
  readonly contentId: string | undefined;
  /** The header as it is written, for whoever wants its charset. Default: `application/octet-stream`. */
  readonly contentType: string;
  /** Name of the file, without folders; undefined where it has none. */
  readonly name: string | undefined;
  readonly content: Uint8Array;
}

export interface Multipart {
  /** The part that is the cXML document. */
  readonly document: MultipartPart;
  readonly attachments: readonly MultipartPart[];
}

/** Whether a content type is one that `readMultipart` takes. */
export function isMultipart(contentType: string | undefined): boolean {
  return contentType !== undefined && readHeaderValue(contentType).value.startsWith('multipart/');
}

/**
 * Reads a message of a document and its attachments: `contentType` is its header. The document is the part that the parameter `start` names, else the first.
 * That part may be a multipart itself, once: the rest of it are attachments as well. Throws `statusErrors`: status 406 where it is damaged or cut short,
 * 400 where its document cannot be told, 499 beyond the limits. reference/procurement-messages.md, section 4; RFC 2387.
 */
export function readMultipart(body: Uint8Array, contentType: string, limits: Partial<MultipartLimits> = {}): Multipart {
  const reader: Reader = { limits: { ...defaults, ...limits }, nested: false };
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return multipart(bytes, readHeaderValue(contentType), reader);
}

interface Reader {
  readonly limits: MultipartLimits;
  readonly nested: boolean;
}

interface Entity {
  readonly headers: Headers;
  readonly contentId: string | undefined;
  readonly content: Buffer;
}

function multipart(body: Buffer, type: HeaderValue, { limits, nested }: Reader): Multipart {
  const boundary = type.parameters.get('boundary')?.trimEnd() ?? '';
  const entities = splitParts(body, boundary, limits.parts).map((part) => entityOf(part, limits));
  const root = rootOf(entities, type.parameters.get('start'));
  const attachments = entities.filter((each) => each !== root).map(partOf);
  const own = readHeaderValue(root.headers.get('content-type') ?? '');
  if (!own.value.startsWith('multipart/')) return { document: partOf(root), attachments };
  if (nested) throw statusErrors.WB_CXML_NOT_ACCEPTABLE('The document stands in more than one multipart inside another.');
  const left = { ...limits, parts: limits.parts - attachments.length };
  const inner = multipart(decoded(root), own, { limits: left, nested: true });
  return { document: inner.document, attachments: [...inner.attachments, ...attachments] };
}

function entityOf(part: Buffer, { headerBytes }: MultipartLimits): Entity {
  const { headers, content } = takeHeaders(part, headerBytes);
  return { headers, content, contentId: idIn(headers.get('content-id')) };
}

/** An id without its angle brackets; undefined where nothing is left. */
export function idIn(written: string | undefined): string | undefined {
  const id = written?.trim().replace(/^</, '').replace(/>$/, '').trim();
  return id === '' ? undefined : id;
}

/** Some programs name a start that is nowhere: then the first part counts, as if they had named none. */
function rootOf(entities: readonly Entity[], start: string | undefined): Entity {
  const id = idIn(start);
  const named = id === undefined ? [] : entities.filter(({ contentId }) => contentId === id);
  if (named.length > 1) throw statusErrors.WB_CXML_BAD_REQUEST('Several parts have the id of the document.');
  return named[0] ?? (entities[0] as Entity);
}

function partOf(entity: Entity): MultipartPart {
  const { headers, contentId } = entity;
  const contentType = headers.get('content-type');
  const name =
    parameterOf(readHeaderValue(headers.get('content-disposition') ?? ''), 'filename') ??
    parameterOf(readHeaderValue(contentType ?? ''), 'name');
  return {
    contentId,
    contentType: contentType || 'application/octet-stream',
    name: name === undefined ? undefined : harmlessName(name),
    content: decoded(entity),
  };
}

function decoded({ headers, content }: Entity): Buffer {
  return decodeTransfer(content, headers.get('content-transfer-encoding') ?? '');
}
