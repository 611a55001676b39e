/** The text, or its first `length` UTF-16 units and an ellipsis. No character is cut in half: an error has to be writable, too. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`;
}
