import { encodedWords } from './encoded-words.ts';
import { textIn } from './text-in.ts';
import type { HeaderValue } from './value.ts';

/**
 * The text of a parameter, in whichever way it is written: with charset and percent signs (`filename*=UTF-8''n%C3%A4mlich`, RFC 5987), in pieces
 * (`filename*0=`, `filename*1*=`, RFC 2231), plain, or as encoded words between quotes, which no paper allows and many programs write.
 */
export function parameterOf({ parameters }: HeaderValue, name: string): string | undefined {
  const extended = parameters.get(`${name}*`);
  if (extended !== undefined) return extendedText(extended);
  const pieces = inPieces(parameters, name);
  if (pieces !== undefined) return pieces;
  const plain = parameters.get(name);
  return plain === undefined ? undefined : encodedWords(plain);
}

/** `charset'language'text`. Without the two quotes it is text alone. */
function extendedText(written: string): string {
  const [charset = '', , ...rest] = written.split("'");
  return rest.length === 0 ? unescaped(written, 'utf-8') : unescaped(rest.join("'"), charset);
}

const mostPieces = 40;

/** The first piece names the charset of all that have an asterisk at their end. */
function inPieces(parameters: ReadonlyMap<string, string>, name: string): string | undefined {
  let charset = 'utf-8';
  let text: string | undefined;
  for (let index = 0; index < mostPieces; index += 1) {
    const plain = parameters.get(`${name}*${index}`);
    const escaped = parameters.get(`${name}*${index}*`);
    if (plain === undefined && escaped === undefined) break;
    if (escaped === undefined) {
      text = `${text ?? ''}${plain}`;
      continue;
    }
    const [named, , ...rest] = index === 0 ? escaped.split("'") : [];
    if (rest.length > 0) charset = named ?? charset;
    text = `${text ?? ''}${unescaped(rest.length > 0 ? rest.join("'") : escaped, charset)}`;
  }
  return text;
}

/** What stands for bytes is decoded; where the bytes are no text of the charset, the text stays as it is written. */
function unescaped(text: string, charset: string): string {
  if (!text.includes('%')) return text;
  const bytes = Buffer.from(
    text.replaceAll(/%([0-9a-fA-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
    'latin1',
  );
  return textIn(bytes, charset) ?? text;
}
