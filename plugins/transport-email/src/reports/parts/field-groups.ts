import type { Field } from '../../incoming/mail-tree.ts';
import { isFolded, lineEndFrom, readField } from '../../incoming/parts/header-block.ts';

/** More recipients than this no report has. */
const mostGroups = 5_000;
/** Nor more fields. */
const mostFields = 50_000;

/**
 * The fields of a machine-readable part of a report (RFC 3464, 2.1): groups parted by empty lines, one for the mail and one for each recipient.
 * Lines that are no fields are passed over. Empty groups are none.
 */
export function fieldGroupsIn(content: Uint8Array): readonly (readonly Field[])[] {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const groups: Field[][] = [[]];
  let count = 0;
  for (let at = 0; at < bytes.length && groups.length <= mostGroups && count < mostFields; ) {
    let line = lineEndFrom(bytes, at);
    while (line.next < bytes.length && isFolded(bytes, line.next) && !isBlank(bytes, line.next)) line = lineEndFrom(bytes, line.next);
    const field = isBlank(bytes, at) ? undefined : readField(bytes.subarray(at, line.end));
    if (field) {
      groups.at(-1)?.push(field);
      count++;
    } else if (isBlank(bytes, at) && groups.at(-1)?.length) groups.push([]);
    at = line.next;
  }
  return groups.filter((group) => group.length > 0);
}

/** Whether nothing but blanks stands on the line that begins there. */
function isBlank(bytes: Buffer, start: number): boolean {
  let at = start;
  while (bytes[at] === 0x20 || bytes[at] === 0x09) at++;
  return at >= bytes.length || bytes[at] === 0x0a || (bytes[at] === 0x0d && bytes[at + 1] === 0x0a);
}
