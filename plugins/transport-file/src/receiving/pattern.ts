/**
 * Tells which file names a pattern means: `*` stands for any characters, `?` for one. Hidden files need a dot in the pattern.
 * Where the file system ignores case, so does the pattern.
 */
export function matcher(pattern: string, ignoresCase: boolean): (name: string) => boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, ignoresCase ? 'isu' : 'su');
  const hidden = pattern.startsWith('.');
  return (name) => (hidden || !name.startsWith('.')) && expression.test(name);
}

/** Gives names one key that are one name, where the file system ignores case; it then often ignores, too, how accents are composed. */
export function keyOfName(ignoresCase: boolean): (name: string) => string {
  return (name) => (ignoresCase ? name.normalize('NFC').toLowerCase() : name);
}
