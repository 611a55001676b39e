import { errors } from '../errors.ts';

/** A longer subject is no subject; the mail document takes a thousand. */
const longestSubject = 500;

/** A subject has one line, whatever stands in the data. */
export function oneLine(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  if (line.length <= longestSubject) return line;
  throw errors.WB_TEMPLATES_TOO_LARGE(`The subject has ${line.length} characters, and may have ${longestSubject}.`);
}

/** A text without blanks at the end of lines and with one empty line at most, as tags leave them. Other control characters have no meaning in a text. */
export function tidied(text: string): string {
  const plain = text.replaceAll(/\r\n?/g, '\n').replaceAll(/(?![\n\t])\p{Cc}/gu, '');
  return `${plain
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}
