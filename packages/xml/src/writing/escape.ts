/**
 * Text as it is written between tags, or undefined when XML cannot hold it. `>` is escaped because of `]]>`, a carriage
 * return because every reader turns a plain one into a line feed.
 */
export function escapeText(text: string): string | undefined {
  return harmlessText.test(text) ? text : escapeWith(text, /[&<>\r]/g);
}

/** An attribute's value as it is written between double quotes, or undefined. Readers turn plain tabs and line ends into spaces. */
export function escapeAttribute(value: string): string | undefined {
  return harmlessAttribute.test(value) ? value : escapeWith(value, /[&<>"\t\n\r]/g);
}

/** The first character that XML 1.0 cannot hold, as `U+0000`. */
export function findUnwritable(text: string): string | undefined {
  const found = unwritable.exec(text)?.[0];
  return found === undefined ? undefined : `U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The text with U+FFFD for every character that XML 1.0 cannot hold: for texts that have to be written whatever is in them, such as errors. */
export function replaceUnwritable(text: string): string {
  return text.replace(everyUnwritable, '\ufffd');
}

/** Tells whether `name` can be the name of an element or attribute. */
export function isXmlName(name: string): boolean {
  return commonName.test(name) || anyName.test(name);
}

// Nearly every text passes the first two, so that they decide the speed. Surrogates fail them, to be looked at closely.
const harmlessText = /^[\t\n -%'-;=?-\ud7ff\ue000-\ufffd]*$/;
const harmlessAttribute = /^[ !#-%'-;=?-\ud7ff\ue000-\ufffd]*$/;

// oxlint-disable-next-line no-control-regex -- control characters are what it is about.
const unwritable = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/u;

const everyUnwritable = new RegExp(unwritable, 'gu');

const commonName = /^[A-Za-z_:][-A-Za-z0-9._:]*$/;
const nameStart =
  ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}' +
  '\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
/** XML 1.0, fifth edition, productions 4 to 5. */
const anyName = new RegExp(`^[${nameStart}][-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}${nameStart}]*$`, 'u');

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

function escapeWith(text: string, signs: RegExp): string | undefined {
  return unwritable.test(text) ? undefined : text.replace(signs, (sign) => escapes[sign]!);
}
