import { createHash } from 'node:crypto';
import type { Message } from '@waybill/contract';

const longest = 100;

/**
 * The name of the file for a message: the template with its placeholders filled in. Different ids give different
 * names, and nothing in a message can leave the folder, hide the file or reach beyond the length of a name.
 */
export function fileNameFor(template: string, { id, type, correlationId }: Message): string {
  const values: Readonly<Record<string, string>> = { id, type: type ?? 'message', correlation: correlationId ?? 'none' };
  const name = template.replace(/\{(\w+)\}/g, (placeholder, key: string) => shortened(escaped(values[key] ?? placeholder)));
  return name.replace(/^\./, '%2E');
}

/** Every byte that is not plain becomes `%` and its number, `%` itself included, so that no two texts become the same. */
function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

function shortened(text: string): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, 50)}-${createHash('sha256').update(text).digest('hex').slice(0, 40)}`;
}
