import { dtdErrors } from '../errors.ts';

/**
 * The path of the file that a system identifier names, below the folder of the DTD, with `/` between its parts: `common/NCCommon.mod`.
 * It is relative to the file that declares it. Throws `WB_XML_DTD_ADDRESS` where it names anything else.
 */
export function addressOf(systemId: string, declaredIn: string, at: string): string {
  const wrong = faultOf(systemId);
  if (wrong !== undefined) throw dtdErrors.WB_XML_DTD_ADDRESS(`The module ${JSON.stringify(systemId.slice(0, 200))} ${wrong}.`, { at });
  const parts = declaredIn.split('/').slice(0, -1);
  for (const part of systemId.split('/')) {
    if (part === '.' || part === '') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined)
      throw dtdErrors.WB_XML_DTD_ADDRESS(`The module ${JSON.stringify(systemId.slice(0, 200))} lies outside of the folder of the DTD.`, {
        at,
      });
  }
  return parts.join('/');
}

function faultOf(systemId: string): string | undefined {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(systemId)) return 'is an address, and modules are never fetched';
  if (/^[/\\]/.test(systemId)) return 'is an absolute path';
  if (/[\\?#\0]/.test(systemId)) return 'has a sign that the relative path of a module cannot have';
  return /[^/.]/.test(systemId) ? undefined : 'names no file';
}
