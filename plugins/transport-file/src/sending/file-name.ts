import { createHash } from 'node:crypto';
import type { Message } from '@waybill/contract';

/** The most characters that one value may fill of a file name. */
const longest = 100;

/** Windows takes such names, with any ending, for devices. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * The name of the file for a message: the template with its placeholders filled in. Different ids give different
 * names, also where the file system ignores case, and no message can name a file outside the folder, a hidden file, a device,
 * or one whose name is too long.
 */
export function fileNameFor(template: string, { id, type, correlationId }: Message, ignoresCase = false): string {
  const values: Readonly<Record<string, string>> = {
    // The id alone makes the name another one.
    id: shortened(id, escaped(id, ignoresCase ? /[^a-z0-9._-]/gu : plain)),
    type: shortened(type ?? 'message', escaped(type ?? 'message', plain)),
    correlation: shortened(correlationId ?? 'none', escaped(correlationId ?? 'none', plain)),
  };
  const name = template.replace(/\{(\w+)\}/g, (placeholder, key: string) => values[key] ?? placeholder);
  return name.replace(/^\.|[. ]$/g, percent).replace(device, (word) => percent(word.charAt(0)) + word.slice(1));
}

const plain = /[^A-Za-z0-9._-]/gu;

/** Replaces every byte that is not plain, `%` included, by `%` and its number, so that different texts stay different. */
function escaped(text: string, other: RegExp): string {
  return text.replace(other, percent);
}

function percent(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

function shortened(text: string, escapedText: string): string {
  if (escapedText.length <= longest) return escapedText;
  return `${escapedText.slice(0, 50)}-${createHash('sha256').update(text).digest('hex').slice(0, 40)}`;
}
