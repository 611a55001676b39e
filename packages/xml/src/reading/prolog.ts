import { isXmlName } from '../writing/writer.ts';

const space = '[ \\t\\n]';
const literal = `"[^"]*"|'[^']*'`;
const publicId = `"[-a-zA-Z0-9 \\n'()+,./:=?;!*#@$_%]*"|'[-a-zA-Z0-9 \\n()+,./:=?;!*#@$_%]*'`;
/** What follows `<!DOCTYPE`, without an internal subset. The library does not look at it, so we do. */
const doctype = new RegExp(
  `^${space}+([^ \\t\\n"'[]+)(?:${space}+(?:SYSTEM${space}+(?:${literal})|PUBLIC${space}+(?:${publicId})${space}+(?:${literal})))?${space}*$`,
);

/** Tells what is wrong with the inside of a DOCTYPE, if anything. */
export function faultOfDoctype(inside: string): 'WB_XML_INTERNAL_SUBSET' | 'WB_XML_NOT_WELL_FORMED' | undefined {
  const [, name] = doctype.exec(inside) ?? [];
  if (name !== undefined && isXmlName(name)) return undefined;
  const bare = inside.replace(/"[^"]*"|'[^']*'/g, '');
  return bare.includes('[') ? 'WB_XML_INTERNAL_SUBSET' : 'WB_XML_NOT_WELL_FORMED';
}

/** The names of UTF-8, and those of US-ASCII: every document in US-ASCII is one in UTF-8. */
export function isReadableEncoding(encoding: string): boolean {
  return /^(?:utf-?8|us-ascii|ascii)$/i.test(encoding);
}
