import { statusErrors } from '../status/errors.ts';
import { idIn, type Multipart, type MultipartPart } from './read.ts';

/**
 * The part that an address such as `cid:drawing-7@buy.example` names; undefined for an address of another kind. The scheme may be in capitals, the id
 * percent-encoded (RFC 2392) or between angle brackets. Throws status 400 where no part, or more than one, has the id.
 */
export function attachmentOf(url: string, { document, attachments }: Multipart): MultipartPart | undefined {
  const written = contentIdOf(url);
  if (written === undefined) return undefined;
  const id = idIn(unescaped(written));
  const ids = new Set([id, idIn(written)]);
  const found = [document, ...attachments].filter(({ contentId }) => contentId !== undefined && ids.has(contentId));
  // An id that holds percent signs itself may be written as it is.
  const exact = found.filter(({ contentId }) => contentId === id);
  const [part, second] = exact.length > 0 ? exact : found;
  const shown = id === undefined || id.length > 100 ? 'a part' : `the part ${id}`;
  if (part === undefined) throw statusErrors.WB_CXML_BAD_REQUEST(`The document speaks of ${shown}, which did not come with it.`);
  if (second !== undefined) throw statusErrors.WB_CXML_BAD_REQUEST(`The document speaks of ${shown}, and several parts have this id.`);
  return part;
}

/** The address of the part with this id. */
export function cidOf(contentId: string): string {
  return `cid:${encodeURI(contentId).replaceAll('?', '%3F').replaceAll('#', '%23')}`;
}

function contentIdOf(url: string): string | undefined {
  const trimmed = url.trim();
  return /^cid:/i.test(trimmed) ? trimmed.slice('cid:'.length) : undefined;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
