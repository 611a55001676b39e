/** What may stand in front of the root: a byte order mark and an XML declaration that names UTF-8 or nothing. Matches nothing, too. */
export const declaration = declarationIn('[uU][tT][fF]-8');
/** For a document whose encoding is known: what it declares may be any name of an encoding. */
export const anyDeclaration = declarationIn('[A-Za-z][A-Za-z0-9._-]*');
/** A DOCTYPE without internal subset, written in the usual way. */
export const doctype =
  /<!DOCTYPE[ \t\n]+[A-Za-z_][A-Za-z0-9_.-]*[ \t\n]+SYSTEM[ \t\n]+(?:"[A-Za-z0-9_.:/-]*"|'[A-Za-z0-9_.:/-]*')[ \t\n]*>/y;

function declarationIn(encoding: string): RegExp {
  const optional = `(?:${attributeOf('encoding', encoding)})?(?:${attributeOf('standalone', '(?:yes|no)')})?`;
  return new RegExp(`\ufeff?(?:<\\?xml${attributeOf('version', '1\\.0')}${optional}[ \\t\\n]*\\?>)?`, 'y');
}

function attributeOf(name: string, value: string): string {
  return `[ \\t\\n]+${name}=(?:"${value}"|'${value}')`;
}
