/**
 * A property name for a wire whose names are identifiers (letters, digits, `_`; no digit first) and may be folded to lower case:
 * upper-case letters and every other character become `_` and their code in hexadecimal, ended by `_`. Names of lower-case letters
 * and digits stay as they are. `unescapePropertyName` gives the same name back: `Order-No` is `_4f_rder_2d__4e_o`.
 */
export function escapePropertyName(name: string): string {
  return name.replaceAll(/[^a-z0-9]|^[0-9]/gu, (character) => `_${(character.codePointAt(0) ?? 0).toString(16)}_`);
}

/** The reverse of `escapePropertyName`. A name that it did not make is given back as it is. */
export function unescapePropertyName(name: string): string {
  const plain = name.replaceAll(/_([0-9a-f]{1,6})_/gi, (whole, code: string) => {
    const point = Number.parseInt(code, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
  return escapePropertyName(plain).toLowerCase() === name.toLowerCase() ? plain : name;
}
