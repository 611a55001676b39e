import type { MessageType } from '@waybill/contract';
import { attachmentOf, type Multipart, type MultipartPart, statusErrors } from '@waybill/cxml';

/** Finds the part that an address names; undefined for an address of another kind. Throws a final `MessageError` of status 400. */
type Files = (url: string) => MultipartPart | undefined;

/**
 * Every `cid:` is exactly one part (reference/procurement-messages.md, section 4). Of a document that goes out, tools may have no more than the document itself.
 */
export function filesOf(parts: Multipart | undefined, { direction }: Pick<MessageType, 'direction'>): Files {
  if (parts !== undefined) return (url) => attachmentOf(url, parts);
  return (url) => {
    if (direction === 'out' || !/^\s*cid:/i.test(url)) return undefined;
    throw statusErrors.WB_CXML_BAD_REQUEST('The document speaks of a file by cid, and came alone.');
  };
}

/** What a document says, with what is in the files that it names: attachments of remarks, the file of a catalog. */
export function withFiles(value: unknown, files: Files): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => withFiles(each, files));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]): [string, unknown] => [key, memberWithFiles(key, member, files)]);
  return Object.fromEntries(members);
}

function memberWithFiles(key: string, member: unknown, files: Files): unknown {
  if (key === 'attachments' && Array.isArray(member)) return member.map((each: Named) => attachment(each, files));
  return key === 'file' && isCatalog(member) ? catalogFile(member, files) : withFiles(member, files);
}

/** Where a file is named in a remark. */
interface Named {
  readonly url: string;
}

function attachment(named: Named, files: Files): object {
  const part = files(named.url);
  if (part === undefined) return named;
  const { name, contentType, content } = part;
  const told = name === undefined ? {} : { name };
  return { ...named, ...told, contentType, bytes: content.length, content: Buffer.from(content).toString('base64') };
}

/** The file of a catalog has its address as its name as long as nobody has looked among the parts. */
function isCatalog(member: unknown): member is { readonly name: string } {
  return typeof member === 'object' && member !== null && 'name' in member && typeof member.name === 'string';
}

function catalogFile(named: { readonly name: string }, files: Files): object {
  const part = files(named.name);
  if (part === undefined) return named;
  const { name = named.name, contentType, content } = part;
  return { name, contentType, content: Buffer.from(content).toString('base64') };
}
