import { isXmlName } from '../writing/writer.ts';
import type { DtdAttributeType, DtdPresence } from './model.ts';

/** What is wrong with the value that an attribute has when it is left out, as the rest of a sentence; undefined where nothing is. */
export function faultOfPresence(type: DtdAttributeType, presence: DtdPresence): string | undefined {
  if (presence.kind === 'required' || presence.kind === 'implied') return undefined;
  const { value } = presence;
  if (type.kind === 'enumeration') return type.words.includes(value) ? undefined : 'has a value that is none of its words';
  return fits(type.kind, value) ? undefined : `has a value that is not of the type ${type.kind}`;
}

function fits(kind: Exclude<DtdAttributeType['kind'], 'enumeration'>, value: string): boolean {
  switch (kind) {
    case 'CDATA':
      return true;
    case 'ID':
      // Were it allowed, two elements would have the same one.
      return false;
    case 'IDREF':
    case 'ENTITY':
      return isXmlName(value);
    case 'IDREFS':
    case 'ENTITIES':
      return value.split(' ').every(isXmlName);
    case 'NMTOKEN':
      return isNameToken(value);
    case 'NMTOKENS':
      return value.split(' ').every(isNameToken);
  }
}

/** Tells whether a text can be a word of an enumeration: characters of names, in any order. */
export function isNameToken(word: string): boolean {
  return word !== '' && isXmlName(`_${word}`);
}
