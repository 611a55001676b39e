import { type MailTree, type Part, partsOf } from '../../src/incoming/mail-tree.ts';
import { readMail } from '../../src/incoming/read-mail.ts';

/** Bytes of a mail that is written with LF in a test. Letters are bytes: `\xe4` is one. */
export function wire(text: string): Buffer {
  return Buffer.from(text.replaceAll(/\r?\n/g, '\r\n'), 'latin1');
}

export function read(text: string): MailTree {
  return readMail(wire(text));
}

/** The part at a place, as `Part.path` numbers them. */
export function partAt(mail: Part, path: string): Part {
  const found = partsOf(mail).find((part) => part.path === path);
  if (!found) throw new Error(`The mail has no part ${path}.`);
  return found;
}

export function textAt(mail: Part, path: string): string {
  return Buffer.from(partAt(mail, path).bytes).toString('latin1');
}

/** A mixed mail with these parts, each with its header block. */
export function mixed(...parts: readonly string[]): string {
  return `From: ada@mill.example\nMessage-ID: <1@mill.example>\nContent-Type: multipart/mixed; boundary=b1\n\n${parts.map((part) => `--b1\n${part}\n`).join('')}--b1--\n`;
}
