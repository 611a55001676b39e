import { concealSecrets } from '@waybill/cxml';

/** The name of a field in front of it: `cxml-urlencoded=`, in any case, possibly with a percent sign for the hyphen. */
const named = /(?:^|&)([A-Za-z0-9_.%+-]{1,40})=/g;

/** Documents in the fields of a form; undefined where nothing of them is secret. */
export function concealInForm(text: string): string | undefined {
  let changed: string | undefined;
  let from = 0;
  for (const { index, 0: name } of text.matchAll(named)) {
    const start = index + name.length;
    if (index < from && from !== 0) continue;
    const end = endOfField(text, start);
    const concealed = concealInValue(text.slice(start, end));
    if (concealed === undefined) continue;
    changed = `${changed ?? ''}${text.slice(from, start)}${concealed}`;
    from = end;
  }
  return changed === undefined ? undefined : changed + text.slice(from);
}

function endOfField(text: string, start: number): number {
  const end = text.indexOf('&', start);
  return end < 0 ? text.length : end;
}

/** A document that is percent-encoded, or one in base64 besides. */
function concealInValue(value: string): string | undefined {
  const plain = percentDecoded(value);
  const concealed = concealSecrets(plain) ?? concealInBase64(plain);
  return concealed === undefined ? undefined : percentEncoded(concealed);
}

function concealInBase64(value: string): string | undefined {
  // A blank is a plus that was not percent-encoded.
  const concealed = concealSecrets(Buffer.from(value.replaceAll(' ', '+'), 'base64').toString('latin1'));
  return concealed === undefined ? undefined : Buffer.from(concealed, 'latin1').toString('base64');
}

function percentDecoded(value: string): string {
  const hex = (_: string, digits: string) => String.fromCharCode(Number.parseInt(digits, 16));
  return value.replaceAll('+', ' ').replaceAll(/%([0-9A-Fa-f]{2})/g, hex);
}

function percentEncoded(value: string): string {
  const byte = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  return value.replaceAll(/[^A-Za-z0-9*._ -]/g, byte).replaceAll(' ', '+');
}
