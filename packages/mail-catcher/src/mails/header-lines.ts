import type { MailHeader } from './caught-mail.ts';

/** How far into a mail headers are looked for, in bytes. */
const longest = 1_000_000;

/**
 * The headers of a mail, read without a parser: also of a mail that the parser gives up on. What is no header (a line without a colon) has
 * an empty name. Bytes that are no UTF-8 are taken for Latin-1.
 */
export function headerLines(source: Uint8Array): readonly MailHeader[] {
  const lines = headOf(source).split(/\r?\n(?![ \t])/);
  return lines.filter((line) => line !== '').map(headerOf);
}

function headOf(source: Uint8Array): string {
  const start = Buffer.from(source.buffer, source.byteOffset, Math.min(source.byteLength, longest));
  const text = start.toString('latin1');
  if (/^\r?\n/.test(text)) return '';
  const end = text.search(/\r?\n\r?\n/);
  return textOf(start.subarray(0, end === -1 ? undefined : end));
}

/** The text of bytes: UTF-8, or Latin-1 where they cannot be UTF-8. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  }
}

function headerOf(line: string): MailHeader {
  const unfolded = line.replaceAll(/\r?\n/g, '');
  const colon = unfolded.indexOf(':');
  if (colon <= 0) return { name: '', value: unfolded.trim() };
  return { name: unfolded.slice(0, colon).trim(), value: unfolded.slice(colon + 1).trim() };
}
