import { createHash } from 'node:crypto';
import { fieldsOf, type MailTree } from './mail-tree.ts';
import { withoutComments } from './parts/parameters.ts';

/** A longer one is no id, and would fit into no index. */
const longest = 500;

/**
 * By what a mail is known beside its place in a mailbox: its Message-ID, or `sha256:` and a hash of the whole where it has none, several,
 * or one that cannot be read. Senders choose their Message-IDs: two mails may have the same.
 */
export function identityOf(mail: MailTree): string {
  const ids = new Set(fieldsOf(mail, 'message-id').map(({ value }) => messageIdIn(value)));
  const [id] = ids;
  return ids.size === 1 && id !== undefined ? id : `sha256:${createHash('sha256').update(mail.raw).digest('hex')}`;
}

/** The first Message-ID of a text, in angle brackets, as it was written otherwise; undefined where there is none. */
export function messageIdIn(text: string): string | undefined {
  return messageIdsIn(text)[0];
}

/** All Message-IDs of a field such as References. Blanks and comments within and around them count for nothing (RFC 5322, 4.5.4). */
export function messageIdsIn(text: string): readonly string[] {
  const bare = withoutComments(text).trim();
  const inAngles = [...bare.matchAll(/<([^<>]{1,2000})>/g)].map((match) => (match[1] ?? '').replaceAll(/\s+/g, ''));
  const all = inAngles.length > 0 ? inAngles : bare.split(/\s+/).filter((word) => word.includes('@') && !/[<>]/.test(word));
  return all.filter(isId).map((id) => `<${id}>`);
}

function isId(id: string): boolean {
  // oxlint-disable-next-line no-control-regex -- these are the characters that are meant
  return id !== '' && id.length <= longest && !/[\u0000-\u001f\u007f\s]/.test(id);
}
