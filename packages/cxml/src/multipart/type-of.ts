const longest = 4_096;
const boundaryLine = /(?:^|\n)--([^\r\n]{1,200})\r?\n/;
const typeLine = /^content-type:[ \t]*(multipart\/[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)/im;

/**
 * The content type of a multipart message whose header is lost, for tools that look at files: the header where it stands in front of the body, else the
 * boundary that its first line with two dashes names. Looks at the beginning only. Undefined where there is neither, and for XML. Never throws.
 */
export function multipartTypeOf(body: Uint8Array): string | undefined {
  const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, longest)).toString('latin1');
  const first = start.trimStart();
  if (first.startsWith('<')) return undefined;
  const header = typeLine.exec(start)?.[1];
  const line = boundaryLine.exec(start);
  if (header !== undefined && (line === null || start.indexOf(header) < line.index)) return header.replaceAll(/\r?\n/g, '');
  const boundary = line?.[1]?.trimEnd();
  return boundary === undefined ? undefined : `multipart/related; boundary="${boundary.replaceAll(/["\\]/g, '\\$&')}"`;
}
