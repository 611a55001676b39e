import { errors } from '../errors.ts';
import type { MailTree, ReadLimits } from './mail-tree.ts';
import { Budget } from './parts/budget.ts';
import { readEntity } from './parts/entity.ts';
import { Lines } from './parts/lines.ts';

/**
 * Reads a mail (RFC 5322, MIME) into its parts. Never throws: what is over a limit is told by `defect`, what is odd or damaged by the
 * marks of the part, and everything before that place is there. Reads the bytes once, and copies only what has a transfer encoding.
 * The content of the parts are views of `bytes`, which must not change.
 */
export function readMail(bytes: Uint8Array, limits: ReadLimits = {}): MailTree {
  const { total = 50_000_000, headers = 4_000_000, parts = 10_000, depth = 100 } = limits;
  const budget = new Budget({ headers, parts, depth, unpacked: total });
  if (bytes.length > total) {
    budget.refuse(errors.WB_EMAIL_MAIL_TOO_LARGE(`The mail has ${bytes.length} bytes, and ${total} are allowed.`));
  }
  const lines = new Lines(bytes);
  const part = readEntity(lines, budget, { path: '', isMail: true, type: 'text/plain', depth: 0 });
  return { ...part, raw: bytes, defect: budget.defect };
}
