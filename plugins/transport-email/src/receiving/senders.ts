/** Whether an address fits one of the patterns, in which `*` stands for any characters. Case means nothing. */
export function isAmong(address: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => fits(address.toLowerCase(), pattern.toLowerCase().split('*')));
}

/** Looks at each place of the text at most once for each piece. */
function fits(text: string, [first = '', ...others]: readonly string[]): boolean {
  if (!text.startsWith(first)) return false;
  const last = others.at(-1);
  if (last === undefined) return text === first;
  let at = first.length;
  for (const piece of others.slice(0, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
