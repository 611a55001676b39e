/** Longer ones fit into no file system. */
const longest = 200;

/**
 * A name that somebody else chose, made harmless: without folders, control characters, characters that turn the direction of
 * writing, those that file systems keep for themselves, and dots that lead elsewhere. Undefined when nothing is left.
 */
export function harmlessName(name: string): string | undefined {
  const last = name.split(/[/\\]/).findLast((piece) => /[^\s.]/.test(piece)) ?? '';
  const safe = last
    // oxlint-disable-next-line no-control-regex -- these are the characters that are meant
    .replaceAll(/[\u0000-\u001f\u007f-\u009f<>:"|?*\u2028\u2029]+/g, '_')
    .replaceAll(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replaceAll(/\.{2,}/g, '.')
    .replaceAll(/^[\s.]+|[\s.]+$/g, '');
  return safe === '' ? undefined : shortened(safe);
}

/** The end stays, which tells the kind of file. No character is parted. */
function shortened(name: string): string {
  if (name.length <= longest) return name;
  return `${name.slice(0, longest - 20).replace(/[\ud800-\udbff]$/, '')}${name.slice(-20).replace(/^[\udc00-\udfff]/, '')}`;
}
