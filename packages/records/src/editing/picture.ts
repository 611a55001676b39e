/** The symbols of a picture one by one: `Z(3)9.99` is `ZZZ9.99`. Undefined where a count is none, or the whole is longer than any field. */
export function expanded(picture: string): string | undefined {
  let symbols = '';
  for (const [, symbol = '', count] of picture.toUpperCase().matchAll(/(CR|DB|.)(?:\((\d{1,6})\))?/gs)) {
    if (symbol === '(' || symbol === ')' || count?.replace(/^0+/, '') === '') return undefined;
    symbols += symbol.repeat(Number(count ?? 1));
    if (symbols.length > 65_535) return undefined;
  }
  return symbols;
}

/** One place of an edited picture. */
export interface Place {
  readonly kind: 'digit' | 'zero-suppressed' | 'floating' | 'point' | 'insertion' | 'sign';
  /** What stands there: the symbol of the picture, or for `B` a blank. `CR` and `DB` take two units. */
  readonly text: string;
}

/** An edited picture, ready to print with. */
export interface EditedPicture {
  readonly places: readonly Place[];
  readonly width: number;
  /** How many digits stand before and behind the point. */
  readonly whole: number;
  readonly fraction: number;
  readonly signed: boolean;
  /** What suppressed zeros become: a blank, or `*`. */
  readonly fill: string;
  /** True: there is no `9`, so that zero is printed as blanks or stars alone. */
  readonly suppressesAll: boolean;
}

/** Reads an edited numeric picture; otherwise says what is wrong with it, as a clause that completes "The picture …". */
export function editedPicture(picture: string, decimalComma: boolean): EditedPicture | string {
  const symbols = expanded(picture);
  if (symbols === undefined) return 'has a count that is none';
  const parts = (decimalComma ? symbols.replaceAll(/[.,]/g, (each) => (each === '.' ? ',' : '.')) : symbols).match(/CR|DB|./gs) ?? [];
  const float = floatingSymbol(parts);
  const places: Place[] = [];
  let seenFloat = false;
  for (const part of parts) {
    const place = placeOf(part, float, seenFloat, decimalComma);
    if (place === undefined) return `has the symbol "${part}", which has no place in an edited number`;
    if (place.kind === 'floating') seenFloat = true;
    places.push(place);
  }
  return checked(places, float);
}

/** The sign or currency symbol of which there are several: it floats. */
function floatingSymbol(parts: readonly string[]): string | undefined {
  return ['+', '-', '$'].find((each) => parts.filter((part) => part === each).length > 1);
}

function placeOf(part: string, float: string | undefined, seenFloat: boolean, decimalComma: boolean): Place | undefined {
  if (part === '9') return { kind: 'digit', text: part };
  if (part === 'Z' || part === '*') return { kind: 'zero-suppressed', text: part };
  // The first of them only makes room for the sign; the others are digits as well.
  if (part === float) return { kind: 'floating', text: seenFloat ? part : '' };
  if (part === '.' || part === 'V') return { kind: 'point', text: part === 'V' ? '' : decimalComma ? ',' : '.' };
  if (part === ',') return { kind: 'insertion', text: decimalComma ? '.' : ',' };
  if (part === 'B' || part === '0' || part === '/') return { kind: 'insertion', text: part === 'B' ? ' ' : part };
  if (part === '$') return { kind: 'insertion', text: part };
  return ['+', '-', 'CR', 'DB'].includes(part) ? { kind: 'sign', text: part } : undefined;
}

/** Whether a place holds a digit of the number. */
export function holdsDigit({ kind, text }: Place): boolean {
  return kind === 'digit' || kind === 'zero-suppressed' || (kind === 'floating' && text !== '');
}

function checked(places: readonly Place[], float: string | undefined): EditedPicture | string {
  const points = places.filter(({ kind }) => kind === 'point');
  if (points.length > 1) return 'has two decimal points';
  const signs = places.filter(({ kind }) => kind === 'sign');
  if (signs.length > 1 || (signs.length === 1 && (float === '+' || float === '-'))) return 'has two signs';
  const suppressed = new Set(places.filter(({ kind }) => kind === 'zero-suppressed').map(({ text }) => text));
  if (suppressed.size > 1 || (suppressed.size === 1 && float !== undefined)) return 'suppresses zeros in two ways';
  const point = points[0] === undefined ? places.length : places.indexOf(points[0]);
  const whole = places.slice(0, point).filter(holdsDigit).length;
  const fraction = places.slice(point).filter(holdsDigit).length;
  if (whole + fraction === 0 || whole + fraction > 38) return 'has no digit, or more than 38';
  const digits = places.filter(holdsDigit);
  const firstNine = digits.findIndex(({ kind }) => kind === 'digit');
  const isLate = firstNine >= 0 && digits.slice(firstNine).some(({ kind }) => kind !== 'digit');
  if (isLate) return 'suppresses a zero behind a 9';
  const width = places.reduce((sum, { kind, text }) => sum + (kind === 'floating' ? 1 : text.length), 0);
  const signed = signs.length === 1 || float === '+' || float === '-';
  const fill = suppressed.has('*') ? '*' : ' ';
  return { places, width, whole, fraction, signed, fill, suppressesAll: firstNine < 0 };
}

/** Prints digits, as many as the picture has, by the rules of COBOL. */
export function edit({ places, fill, suppressesAll, width }: EditedPicture, digits: string, negative: boolean): string {
  if (suppressesAll && !/[1-9]/.test(digits)) return allSuppressed(places, fill, width);
  let text = '';
  let next = 0;
  let suppressing = true;
  /** Where a floating sign or symbol is put: before the first place that is not suppressed. */
  let float: { readonly at: number; readonly sign: string } | undefined;
  for (const place of places) {
    const { kind } = place;
    if (kind === 'digit' || kind === 'point') suppressing = false;
    if (kind === 'floating') float = suppressing ? { at: text.length, sign: signOf(floatOf(places), negative) } : float;
    if (kind === 'sign') text += signOf(place.text, negative);
    else if (kind === 'point') text += place.text;
    else if (!holdsDigit(place)) text += suppressing && place.text !== '$' ? fill : place.text;
    else {
      const digit = digits[next++]!;
      if (digit !== '0') suppressing = false;
      text += suppressing ? fill : digit;
    }
  }
  return float === undefined ? text : placed(text, float.at, float.sign);
}

function floatOf(places: readonly Place[]): string {
  return places.find(({ kind, text }) => kind === 'floating' && text !== '')?.text ?? '';
}

/** The place of the float that was reached last is a blank, unless a digit came there: then the one before it is. */
function placed(text: string, reached: number, sign: string): string {
  let at = reached;
  while (at > 0 && text[at] !== ' ') at -= 1;
  return text.slice(0, at) + sign + text.slice(at + 1);
}

function allSuppressed(places: readonly Place[], fill: string, width: number): string {
  if (fill === ' ') return ' '.repeat(width);
  return places.map(({ kind, text }) => (kind === 'point' ? text : '*'.repeat(text.length))).join('');
}

function signOf(symbol: string, negative: boolean): string {
  if (symbol === '+') return negative ? '-' : '+';
  if (symbol === '$') return '$';
  return negative ? symbol : ' '.repeat(symbol.length);
}
