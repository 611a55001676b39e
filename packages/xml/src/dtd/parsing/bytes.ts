import { dtdErrors } from '../errors.ts';

const declaration = /^\ufeff?<\?xml([ \t\n\r][^?]*)\?>/;
const encodingName = /[ \t\n\r]encoding[ \t\n\r]*=[ \t\n\r]*(?:"([A-Za-z][A-Za-z0-9._-]*)"|'([A-Za-z][A-Za-z0-9._-]*)')/;

/**
 * The text of a file of a DTD: in UTF-8 (US-ASCII included), in UTF-16 with its mark, or in ISO 8859-1 where it declares that. A text is taken as
 * it is. Throws `WB_XML_DTD_ENCODING` for anything else.
 */
export function textOf(body: Uint8Array | string, file: string): string {
  if (typeof body === 'string') return body;
  const refuse = (message: string, cause?: unknown): never => {
    throw dtdErrors.WB_XML_DTD_ENCODING(message, { at: `${file}:1:1`, cause });
  };
  const [, declared = ''] =
    declaration.exec(
      Buffer.from(body.subarray(0, 300))
        .toString('latin1')
        .replace(/^\xef\xbb\xbf/, ''),
    ) ?? [];
  const [, double, single] = encodingName.exec(declared) ?? [];
  const encoding = marked(body) ?? (double ?? single ?? 'utf-8').toLowerCase();
  if (encoding === 'iso-8859-1') return Buffer.from(body).toString('latin1');
  if (!['utf-8', 'us-ascii', 'utf-16le', 'utf-16be'].includes(encoding)) return refuse(`The file is in ${encoding}, which is not read.`);
  try {
    return new TextDecoder(encoding === 'us-ascii' ? 'utf-8' : encoding, { fatal: true }).decode(body);
  } catch (cause) {
    return refuse(`The bytes of the file are not ${encoding.toUpperCase()}.`, cause);
  }
}

function marked([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}
