/** What a browser posts of a hidden field: every line end as CR LF. */
export function posted(value: string): string {
  return value.replaceAll(/\r\n|\r|\n/g, '\r\n');
}

/** What the buyer's system makes of a field: the document in it. */
export function documentIn(name: string, value: string): string {
  return /base64/i.test(name) ? Buffer.from(value, 'base64').toString() : value;
}
