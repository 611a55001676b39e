import { attachmentOf, type Multipart, statusErrors } from '@waybill/cxml';

/** Where a file is named in what a document says: an attachment of a remark, the file of a catalog. */
interface Named {
  readonly url: string;
}

/**
 * What a document says, with what its parts hold where it names them. Every `cid:` is exactly one part (reference/procurement-messages.md, section 4). Throws a
 * final `MessageError` of status 400 for one that is not.
 */
export function withAttachments<Value>(value: Value, parts: Multipart | undefined): Value {
  if (Array.isArray(value)) return value.map((each: unknown) => withAttachments(each, parts)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]): [string, unknown] => {
    const isList = key === 'attachments' && Array.isArray(member);
    if (isList) return [key, member.map((each: Named) => filled(each, parts))];
    return [key, isCatalog(key, member) ? catalogFile(member, parts) : withAttachments(member as unknown, parts)];
  });
  return Object.fromEntries(entries) as Value;
}

/** The file of a catalog is known by its address alone as long as nobody has looked among the parts. */
function isCatalog(key: string, member: unknown): member is { readonly name: string } {
  return key === 'file' && typeof member === 'object' && member !== null && 'name' in member && typeof member.name === 'string';
}

function catalogFile({ name: url }: { readonly name: string }, parts: Multipart | undefined): object {
  const part = partNamed(url, parts);
  if (part === undefined) return { name: url, contentType: 'application/octet-stream', content: '' };
  const { name = url, contentType, content } = part;
  return { name, contentType, content: Buffer.from(content).toString('base64') };
}

function filled(named: Named, parts: Multipart | undefined): object {
  const part = partNamed(named.url, parts);
  if (part === undefined) return named;
  const { name, contentType, content } = part;
  const told = name === undefined ? {} : { name };
  return { ...named, ...told, contentType, bytes: content.length, content: Buffer.from(content).toString('base64') };
}

function partNamed(url: string, parts: Multipart | undefined): ReturnType<typeof attachmentOf> {
  if (parts !== undefined) return attachmentOf(url, parts);
  if (!/^\s*cid:/i.test(url)) return undefined;
  throw statusErrors.WB_CXML_BAD_REQUEST('The document speaks of a part, and came alone.');
}
