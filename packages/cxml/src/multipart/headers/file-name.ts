const longest = 255;

/**
 * The name of a file as somebody may save it: without folders, control characters and what turns the direction of writing around; at most 255
 * characters. Undefined where nothing is left.
 */
export function harmlessName(written: string): string | undefined {
  const last = written.slice(Math.max(written.lastIndexOf('/'), written.lastIndexOf('\\')) + 1);
  const name = Array.from(
    last
      .toWellFormed()
      .replaceAll(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, ' ')
      .trim(),
  )
    .slice(0, longest)
    .join('');
  return /^\.*$/.test(name) ? undefined : name;
}
