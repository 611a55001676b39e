import { editedPicture, expanded } from '../editing/picture.ts';

/** What a picture makes of an item. */
export type Picture =
  | { readonly kind: 'text'; readonly length: number }
  | { readonly kind: 'number'; readonly digits: number; readonly decimals: number; readonly signed: boolean }
  | { readonly kind: 'edited'; readonly width: number };

/** Otherwise what is wrong with it, as a clause that completes "The picture …". */
export function pictureOf(text: string, decimalComma: boolean): Picture | string {
  const symbols = expanded(text);
  if (symbols === undefined) return 'has a count that is none, or brackets that do not match';
  if (/^[AX9]*[AX][AX9]*$/.test(symbols)) return { kind: 'text', length: symbols.length };
  // What is inserted between characters is part of the text: it is read and written as it stands.
  if (/^[AX9B0/]*[AX][AX9B0/]*$/.test(symbols)) return { kind: 'text', length: symbols.length };
  if (/^[SVP9]+$/.test(symbols)) return numberOf(symbols);
  if (/^[NG]+$/.test(symbols)) return 'is of national characters, which are not supported';
  const edited = editedPicture(text, decimalComma);
  return typeof edited === 'string' ? edited : { kind: 'edited', width: edited.width };
}

/** P is a digit that is not stored: before the others it moves the point to the left, behind them to the right. V may stand beside it. */
function numberOf(symbols: string): Picture | string {
  const [, sign, before, first, point, second, behind] = /^(S?)(V?P+V?|)(9*)(V?)(9*)(V?P+V?|)$/.exec(symbols) ?? [];
  if (first === undefined || second === undefined) return 'has its symbols in an order that means nothing';
  const digits = first.length + second.length;
  if (digits === 0 || digits > 38) return 'has no digit, or more than 38';
  const lifted = countP(before);
  const lowered = countP(behind);
  if ((lifted > 0 && lowered > 0) || ((lifted > 0 || lowered > 0) && point !== '')) return 'has two points';
  const decimals = lifted > 0 ? lifted + digits : lowered > 0 ? -lowered : point === '' ? 0 : second.length;
  return { kind: 'number', digits, decimals, signed: sign === 'S' };
}

function countP(part = ''): number {
  return part.replaceAll('V', '').length;
}
