import type { SearchObject } from 'imapflow';

/** Of a mail that somebody has read. */
export const seen = '\\Seen';

/** The conditions of a search for what has none of these flags and is not deleted. */
export function lacking(flags: readonly string[]): SearchObject {
  const keywords = flags.filter((flag) => flag !== seen);
  const [first, second] = keywords;
  return {
    deleted: false,
    ...(flags.includes(seen) ? { seen: false } : {}),
    ...(first === undefined ? {} : { unKeyword: first }),
    ...(second === undefined ? {} : { not: { keyword: second } }),
  };
}
