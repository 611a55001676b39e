import { writingErrors } from '../writing/errors.ts';
import { isXmlName, replaceUnwritable } from '../writing/writer.ts';
import { ambiguousIn } from './ambiguity.ts';
import { faultOfPresence, isNameToken } from './attribute-fault.ts';
import { dtdErrors } from './errors.ts';
import { mergedElements } from './merge.ts';
import type { Dtd, DtdAttribute, DtdContent, DtdElement, DtdEntity, DtdPart } from './model.ts';

const widest = 140;

/**
 * The text of a DTD: one declaration for each name, in the order of the model. Elements of one name that say the same are merged. `parseDtd` gives
 * the model back. Throws `WB_XML_DTD_CONTRADICTION` with both places where two elements of one name say different things,
 * `WB_XML_DTD_AMBIGUOUS` where a content model allows an element in two ways, `WB_XML_DTD_SYNTAX` where an attribute cannot have its value,
 * and `WB_XML_UNWRITABLE` where a name or a text cannot stand in XML.
 */
export function printDtd({ elements, entities }: Dtd): string {
  const lines = [...entities.map(entity), ...mergedElements(elements).flatMap((one) => [element(one), ...attributeList(one)])];
  return lines.map((line) => `${line}\n`).join('');
}

function entity({ name, text }: DtdEntity): string {
  return `<!ENTITY ${checkedName(name, `&${name};`)} "${escaped(text, `&${name};`, entitySigns)}">`;
}

function element({ name, content, at = name }: DtdElement): string {
  if (content.kind === 'children') {
    const twice = ambiguousIn(content.group, at);
    if (twice !== undefined)
      throw dtdErrors.WB_XML_DTD_AMBIGUOUS(`The content of ${name} allows ${twice} in two ways at one place.`, { at });
  }
  return wrapped(`<!ELEMENT ${checkedName(name, at)} ${printedContent(content, at)}>`);
}

/** The content as it is written in a declaration. */
function printedContent(content: DtdContent, at: string): string {
  switch (content.kind) {
    case 'empty':
      return 'EMPTY';
    case 'any':
      return 'ANY';
    case 'text':
      return '(#PCDATA)';
    case 'mixed':
      return `(${['#PCDATA', ...content.names.map((name) => checkedName(name, at))].join(' | ')})*`;
    case 'children':
      return printedPart(content.group, at);
  }
}

function printedPart(part: DtdPart, at: string): string {
  const occurs = part.occurs === '1' ? '' : part.occurs;
  if (part.kind === 'element') return `${checkedName(part.name, at)}${occurs}`;
  if (part.parts.length < (part.kind === 'choice' ? 2 : 1)) throw new TypeError(`A ${part.kind} at ${at} has too few parts.`);
  return `(${part.parts.map((one) => printedPart(one, at)).join(part.kind === 'choice' ? ' | ' : ', ')})${occurs}`;
}

function attributeList({ name, attributes, at = name }: DtdElement): readonly string[] {
  if (attributes.length === 0) return [];
  const twice = attributes.find((one, index) => attributes.findIndex((other) => other.name === one.name) !== index);
  if (twice) throw dtdErrors.WB_XML_DTD_CONTRADICTION(`The element ${name} has the attribute ${twice.name} twice.`, { at });
  return [`<!ATTLIST ${name}${attributes.map((one) => `\n  ${attribute(one, `${at}@${one.name}`)}`).join('')}>`];
}

function attribute({ name, type, presence }: DtdAttribute, at: string): string {
  const fault = faultOfPresence(type, presence);
  if (fault !== undefined) throw dtdErrors.WB_XML_DTD_SYNTAX(`The attribute ${name} ${fault}.`, { at });
  const written = type.kind === 'enumeration' ? `(${type.words.map((word) => checkedWord(word, at)).join(' | ')})` : type.kind;
  const start = `${checkedName(name, at)} ${written}`;
  switch (presence.kind) {
    case 'required':
      return `${start} #REQUIRED`;
    case 'implied':
      return `${start} #IMPLIED`;
    case 'fixed':
      return `${start} #FIXED "${escaped(presence.value, at, attributeSigns)}"`;
    case 'default':
      return `${start} "${escaped(presence.value, at, attributeSigns)}"`;
  }
}

function checkedName(name: string, at: string): string {
  if (!isXmlName(name)) throw writingErrors.WB_XML_UNWRITABLE(`${JSON.stringify(name)} cannot be a name.`, { at });
  return name;
}

function checkedWord(word: string, at: string): string {
  if (!isNameToken(word)) throw writingErrors.WB_XML_UNWRITABLE(`${JSON.stringify(word)} cannot be a word of an enumeration.`, { at });
  return word;
}

const attributeSigns: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '"': '&quot;' };
/** The first reference is replaced where the entity is declared, the second one where it is used. */
const entitySigns: Readonly<Record<string, string>> = { '&': '&#38;#38;', '<': '&#38;#60;', '"': '&#34;', '%': '&#37;' };

function escaped(text: string, at: string, signs: Readonly<Record<string, string>>): string {
  if (replaceUnwritable(text) !== text) throw writingErrors.WB_XML_UNWRITABLE('The text has a character that XML does not allow.', { at });
  return text.replace(/[&<"%\t\n\r]/g, (sign) => signs[sign] ?? (sign === '%' ? sign : `&#${sign.charCodeAt(0)};`));
}

/** Breaks a long declaration between the parts of its content. */
function wrapped(declaration: string): string {
  if (declaration.length <= widest || declaration.includes('\n')) return declaration;
  const lines: string[] = [];
  for (const word of declaration.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < widest) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? word : `  ${word}`);
  }
  return lines.join('\n');
}
