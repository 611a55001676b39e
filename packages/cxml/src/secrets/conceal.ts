import { endOfContent, type Tag, tagsIn } from './tags.ts';

/** Elements whose content nobody may see. */
const secrets = new Set(['sharedsecret', 'credentialmac']);
const mask = '********';
const stars = '************';

interface Hidden {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

/**
 * The text with masks in place of secrets: what is in `SharedSecret` and `CredentialMac`, and the number of a `PCard`, of which the last four digits stay. Works on texts that
 * are damaged or cut short; where a secret does not end, all that follows is masked. Undefined where there is nothing to mask.
 */
export function concealSecrets(text: string): string | undefined {
  const hidden: Hidden[] = [];
  let done = 0;
  for (const tag of tagsIn(text, 0, true)) {
    if (tag.from < done || tag.isEnd) continue;
    if (secrets.has(tag.name) && !tag.isEmpty) {
      const to = endOfContent(text, tag);
      // What stands in a tag that nothing ends may be the secret.
      const from = tag.isSound ? tag.to : tag.named;
      if (to > from && text.slice(from, to) !== mask) hidden.push({ from, to, by: mask });
      done = to;
    }
    if (tag.name === 'pcard') hidden.push(...numbersIn(text, tag));
  }
  return hidden.length === 0 ? undefined : masked(text, hidden);
}

function masked(text: string, hidden: readonly Hidden[]): string {
  let result = '';
  let at = 0;
  for (const { from, to, by } of hidden) {
    result += text.slice(at, from) + by;
    at = to;
  }
  return result + text.slice(at);
}

/** What was concealed before stays as it is. */
const concealed = /^\*{12}[0-9]{0,4}$/;
const numbered = /[\s"'](?:[^\s<>/="':]{1,64}:)?number\s*=\s*/gi;

/** The values of attributes called `number`. */
function numbersIn(text: string, { from, to }: Tag): readonly Hidden[] {
  const tag = text.slice(from, to);
  const found = new RegExp(numbered);
  const hidden: Hidden[] = [];
  for (let match = found.exec(tag); match !== null; match = found.exec(tag)) {
    const start = found.lastIndex;
    const quote = tag[start];
    const isQuoted = quote === '"' || quote === "'";
    const close = isQuoted ? tag.indexOf(quote, start + 1) : -1;
    const value = isQuoted ? tag.slice(start + 1, close < 0 ? undefined : close) : (/^[^\s>]*/.exec(tag.slice(start))?.[0] ?? '');
    const begin = from + start + (isQuoted ? 1 : 0);
    if (value !== '' && !concealed.test(value))
      hidden.push({ from: begin, to: begin + value.length, by: isQuoted && close < 0 ? stars : maskedNumber(value) });
    found.lastIndex = start + value.length + (isQuoted ? 2 : 1);
  }
  return hidden;
}

/** The last four digits, of a number that is long enough to be told by them. */
function maskedNumber(value: string): string {
  if (/^\*{12}[0-9]{4}$/.test(value)) return value;
  const plain = value.replace(/&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));/gi, (_, hex: string | undefined, decimal: string | undefined) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
  const digits = plain.replace(/[^0-9]/g, '');
  return digits.length < 8 ? stars : stars + digits.slice(-4);
}
