/** Whether a text may stand in a header: visible characters and blanks of Latin-1, nothing that could end the line. */
export function isHeaderValue(text: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text);
}
