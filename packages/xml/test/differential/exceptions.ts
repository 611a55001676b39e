import type { Refusal } from '../support/recorder.ts';

/** Why the two readers may disagree about a document. Nothing else is excused. */
export type Exception =
  /** We refuse, by policy, what XML allows: another version, another encoding, an internal subset. */
  | 'policy'
  /** libxml2 takes a version of `1.`, which is none (production 26). */
  | 'version without digits'
  /** We refuse an entity that the DTD may declare, which neither of us reads; the standard leaves that open. */
  | 'entity of the DTD'
  /** libxml2 refuses what breaks Namespaces in XML only. We report names as they are written. */
  | 'namespaces'
  /** We read what declares US-ASCII as UTF-8, of which it is a part, and take other characters in it, too. */
  | 'more than US-ASCII';

/** The exception for a document that we refuse and libxml2 accepts. */
export function exceptionOfOurs({ code, message }: Refusal, document: string): Exception | undefined {
  if (/^WB_XML_(VERSION|ENCODING|INTERNAL_SUBSET)$/.test(code)) return 'policy';
  if (message.startsWith('Version number must match') && /^\ufeff?<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*["']1\.["']/.test(document))
    return 'version without digits';
  return message === 'Undefined entity.' && document.includes('<!DOCTYPE ') ? 'entity of the DTD' : undefined;
}

/** The exception for a document that libxml2 refuses with these complaints, and we accept. */
export function exceptionOfTheirs(complaints: string, document: string): Exception | undefined {
  const lines = complaints.split('\n').filter((line) => line !== '');
  if (lines.every((line) => /^(?:Namespace |Namespaced Attribute |Failed to parse QName |xmlns)/.test(line))) return 'namespaces';
  const declaresAscii = /^\ufeff?<\?xml [^>]*encoding=["']US-ASCII["']/.test(document);
  return declaresAscii && lines[0] === 'Invalid bytes in character encoding' ? 'more than US-ASCII' : undefined;
}
