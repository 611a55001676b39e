import type { CxmlProfile } from '../profiles/profiles.ts';

/** Makes of a document that is as it should be one that this buyer writes. */
export function asWrittenBy({ doctype, contactFirst }: CxmlProfile, document: string): string {
  const placed = contactFirst ? withContactFirst(document) : document;
  return doctype ? placed : withoutDoctype(placed);
}

function withoutDoctype(document: string): string {
  const begin = document.indexOf('<!DOCTYPE');
  const end = document.indexOf('>', begin);
  return begin === -1 ? document : document.slice(0, begin) + document.slice(end + 1).trimStart();
}

/** Moves the contacts of a setup request in front of the return address. */
function withContactFirst(document: string): string {
  const place = document.indexOf('<BrowserFormPost>');
  const begin = document.indexOf('<Contact ', place);
  const end = document.lastIndexOf('</Contact>') + '</Contact>'.length;
  if (place === -1 || begin === -1 || end < begin) return document;
  return document.slice(0, place) + document.slice(begin, end) + document.slice(place, begin) + document.slice(end);
}
