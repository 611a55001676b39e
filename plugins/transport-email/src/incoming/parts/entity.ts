import type { Field, Mark, Part } from '../mail-tree.ts';
import type { Budget } from './budget.ts';
import { harmlessName } from './file-name.ts';
import { isFolded, lineEndFrom, readField } from './header-block.ts';
import { type Delimiter, Lines } from './lines.ts';
import { readParameters, type Structured } from './parameters.ts';
import { decodeTransfer } from './transfer-encoding.ts';

/** Where something that has a header block and a body stands. */
export interface Place {
  readonly path: string;
  /** A mail: its parts are numbered from its place on, and so is its only part. */
  readonly isMail: boolean;
  /** What it is where it does not say so itself. */
  readonly type: string;
  readonly depth: number;
}

/** A part that was read, and what ended it: undefined at the end of the mail. */
interface Ended {
  readonly part: Part;
  readonly by: Delimiter | undefined;
}

/** Reads the mail that begins at this place of `lines`. */
export function readEntity(lines: Lines, budget: Budget, place: Place): Part {
  return entity(lines, budget, place).part;
}

function entity(lines: Lines, budget: Budget, place: Place): Ended {
  const marks: Mark[] = [];
  const fields = headerBlock(lines, budget, marks);
  const content = structured(fields, 'content-type');
  const type = content === undefined ? place.type : typeOf(content.value);
  const disposition = structured(fields, 'content-disposition');
  const name = disposition?.parameters.get('filename') ?? content?.parameters.get('name');
  const made: Omit<Part, 'bytes' | 'parts' | 'mail'> = {
    path: place.isMail && !type.startsWith('multipart/') ? below(place.path, 1) : place.path,
    fields,
    type,
    parameters: content?.parameters ?? new Map(),
    disposition: disposition?.value,
    fileName: name === undefined ? undefined : harmlessName(name),
    charset: content?.parameters.get('charset')?.trim().toLowerCase(),
    marks,
  };
  return body(lines, budget, { ...made, bytes: nothing, parts: [], mail: undefined }, { place, marks });
}

const nothing = new Uint8Array(0);

interface At {
  readonly place: Place;
  readonly marks: Mark[];
}

function body(lines: Lines, budget: Budget, part: Part, { place, marks }: At): Ended {
  if (budget.defect || !budget.takesPart()) return unread(lines, part, marks);
  const isMultipart = part.type.startsWith('multipart/');
  const boundary = isMultipart ? part.parameters.get('boundary')?.trimEnd() : undefined;
  if (isMultipart && !boundary) marks.push('no-boundary');
  if (boundary && budget.takesDepth(place.depth + 1)) return multipart(lines, budget, part, { place, marks, boundary });
  const attached = isAttachedMail(part.type) && !isEncoded(part);
  if (attached && budget.takesDepth(place.depth + 1)) return attachedMail(lines, budget, part, { place, marks });
  return leaf(lines, budget, part, { place, marks });
}

/** What follows a defect is not looked at: nothing of it would be used. */
function unread(lines: Lines, part: Part, marks: Mark[]): Ended {
  marks.push('not-read');
  const rest = lines.bytes.subarray(lines.at);
  lines.at = lines.bytes.length;
  return { part: { ...part, bytes: rest }, by: undefined };
}

function multipart(lines: Lines, budget: Budget, part: Part, { place, marks, boundary }: At & { readonly boundary: string }): Ended {
  const level = lines.depth;
  const parts: Part[] = [];
  const type = part.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  const start = lines.at;
  // A mail that is forwarded may have the boundary of the one around it: then what follows its end belongs to that one.
  const isShared = lines.isOpen(boundary);
  lines.open(boundary);
  let by = lines.toDelimiter();
  const isParted = by?.level === level && !by.closes;
  if (!isParted) marks.push('no-parts');
  const bytes = isParted ? nothing : lines.bytes.subarray(start, Math.max(start, by?.before ?? lines.bytes.length));
  let isClosed = false;
  while (by?.level === level && !budget.defect) {
    if (by.closes) {
      isClosed = true;
      if (isShared) break;
      by = lines.toDelimiter();
      continue;
    }
    // Behind the end stands what belongs to nobody, unless a broken program goes on with parts there: they are not lost.
    if (isClosed && !marks.includes('after-end')) marks.push('after-end');
    const ended = entity(lines, budget, { path: below(place.path, parts.length + 1), isMail: false, type, depth: place.depth + 1 });
    parts.push(ended.part);
    by = ended.by;
  }
  lines.close();
  if (!isClosed) marks.push('not-closed');
  return { part: { ...part, bytes, parts }, by: isShared && isClosed ? lines.toDelimiter() : by };
}

function attachedMail(lines: Lines, budget: Budget, part: Part, { place, marks }: At): Ended {
  const { path, depth } = place;
  const start = lines.at;
  const { part: mail, by } = entity(lines, budget, { path, isMail: true, type: 'text/plain', depth: depth + 1 });
  if (by === undefined && lines.depth > 0) marks.push('cut-short');
  return { part: { ...part, bytes: lines.bytes.subarray(start, by?.before ?? lines.bytes.length), mail }, by };
}

function leaf(lines: Lines, budget: Budget, part: Part, { place, marks }: At): Ended {
  const start = lines.at;
  const by = lines.toDelimiter();
  if (by === undefined && lines.depth > 0) marks.push('cut-short');
  const content = lines.bytes.subarray(start, Math.max(start, by?.before ?? lines.bytes.length));
  const decoded = decodeTransfer(content, encodingOf(part));
  marks.push(...decoded.marks);
  const whole = { ...part, bytes: decoded.bytes };
  if (!isAttachedMail(part.type)) return { part: whole, by };
  if (!budget.takesUnpacked(decoded.bytes.length) || !budget.takesDepth(place.depth + 1)) {
    marks.push('not-read');
    return { part: whole, by };
  }
  const inside = new Lines(decoded.bytes);
  const mail = readEntity(inside, budget, { path: place.path, isMail: true, type: 'text/plain', depth: place.depth + 1 });
  return { part: { ...whole, mail }, by };
}

/** Takes the fields up to the empty line, or to whatever is none: some write a body without the empty line. */
function headerBlock(lines: Lines, budget: Budget, marks: Mark[]): readonly Field[] {
  const fields: Field[] = [];
  const { bytes } = lines;
  while (lines.at < bytes.length) {
    const start = lines.at;
    let line = lineEndFrom(bytes, start);
    if (line.end === start) {
      lines.at = line.next;
      return fields;
    }
    while (line.next < bytes.length && isFolded(bytes, line.next)) line = lineEndFrom(bytes, line.next);
    if (!budget.takesField(line.next - start)) {
      lines.at = bytes.length;
      return fields;
    }
    const field = readField(bytes.subarray(start, line.end));
    if (field) fields.push(field);
    else if (!isPostmark(bytes, start, fields.length)) {
      if (lines.delimiterHere() === undefined) marks.push('no-empty-line');
      return fields;
    }
    lines.at = line.next;
  }
  return fields;
}

/** The line `From somebody date` with which mailbox files part their mails. */
function isPostmark(bytes: Buffer, start: number, fieldsBefore: number): boolean {
  return fieldsBefore === 0 && /^>?From /.test(bytes.toString('latin1', start, start + 6));
}

function structured(fields: readonly Field[], name: string): Structured | undefined {
  const field = fields.find((each) => each.name === name);
  return field && readParameters(field.value);
}

function typeOf(value: string): string {
  return /^[!#$%&'*+.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+$/.test(value) ? value : 'application/octet-stream';
}

function below(path: string, number: number): string {
  return path === '' ? String(number) : `${path}.${number}`;
}

function isAttachedMail(type: string): boolean {
  return type === 'message/rfc822' || type === 'message/global' || type === 'message/news';
}

function encodingOf(part: Part): string {
  return part.fields.find(({ name }) => name === 'content-transfer-encoding')?.value ?? '';
}

function isEncoded(part: Part): boolean {
  return /^(base64|quoted-printable)\b/i.test(encodingOf(part).trim());
}
