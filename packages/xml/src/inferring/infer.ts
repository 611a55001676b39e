import { MessageError } from '@waybill/contract';
import type { DtdAttribute, DtdContent, DtdElement, DtdNote } from '../dtd/model.ts';
import type { ReadDtd } from '../dtd/parse.ts';
import { type DocumentErrorCode, documentErrors } from '../reading/errors.ts';
import type { ReadingOptions } from '../reading/options.ts';
import { parseXml } from '../reading/parse.ts';
import { anyOf, groupOf } from './group.ts';
import { Observer, type SeenElement } from './seen.ts';
import { notesOnValues } from './values.ts';

/** An element with more different children is a bag of data: to find their order would take long, and say little. */
const mostOrdered = 300;

export interface DtdSample {
  /** For the places of errors, a file name for instance. */
  readonly name: string;
  readonly body: Uint8Array | string;
}

/**
 * A first DTD from sample documents: the narrowest content models that allow all of them, and that are still sensible. What samples cannot say, or had to be
 * guessed, is in the notes, at the name of the element or attribute. The memory that it needs grows with the number of different names, not with the
 * length of lists. Throws the `MessageError` of `parseXml`, with the name of the sample in its `at`, and a `TypeError` without samples.
 */
export function inferDtd(samples: Iterable<DtdSample>, options: ReadingOptions = {}): ReadDtd {
  const observer = new Observer();
  for (const { name, body } of samples) observe(observer, name, body, options);
  const [root] = observer.roots;
  if (root === undefined) throw new TypeError('There are no samples.');
  const notes: DtdNote[] = [];
  const elements = [...observer.elements].map(([name, seen]) => elementOf(name, seen, (at, message) => void notes.push({ at, message })));
  return { dtd: { elements, entities: [] }, notes: [...notesOnAll(root, observer).map((message) => ({ at: root, message })), ...notes] };
}

/** What is not said of one element alone. */
function notesOnAll(root: string, { roots, elements }: Observer): readonly string[] {
  const all = [...elements];
  const once = all.filter(([, { count, children, attributes }]) => count === 1 && children.length + attributes.size > 0);
  const empty = all.filter(([, { children, hasText, hasBlanksAlone }]) => children.length === 0 && !hasText && !hasBlanksAlone);
  const named = (list: typeof all): string => list.map(([name]) => name).join(', ');
  return [
    'Samples show what may be there, and neither what else may be, nor how long a text may get, nor what it means.',
    ...(roots.size > 1 ? [`The samples have other roots than ${root}: ${[...roots].slice(1).join(', ')}.`] : []),
    ...(once.length > 0 ? [`Seen once, so that what is in them may be optional or repeat elsewhere: ${named(once)}.`] : []),
    ...(empty.length > 0 ? [`Always empty, so that they may hold text or elements elsewhere: ${named(empty)}.`] : []),
  ];
}

function observe(observer: Observer, name: string, body: Uint8Array | string, options: ReadingOptions): void {
  try {
    parseXml(body, observer, options);
  } catch (error) {
    if (!(error instanceof MessageError) || !(error.code in documentErrors)) throw error;
    throw documentErrors[error.code as DocumentErrorCode](error.message, { at: `${name}: ${error.at}`, hint: error.hint, cause: error });
  }
}

type Note = (at: string, message: string) => void;

function elementOf(name: string, seen: SeenElement, note: Note): DtdElement {
  const content = contentOf(name, seen, note);
  const attributes = [...seen.attributes].map(([key, values]): DtdAttribute => {
    for (const message of notesOnValues(values)) note(`${name}@${key}`, message);
    return { name: key, type: { kind: 'CDATA' }, presence: { kind: values.count === seen.count ? 'required' : 'implied' } };
  });
  return { name, content, attributes };
}

function contentOf(name: string, seen: SeenElement, note: Note): DtdContent {
  const { children } = seen;
  if (children.length === 0 && (seen.hasText || seen.hasBlanksAlone)) {
    for (const message of notesOnValues(seen.texts)) note(name, message);
    return { kind: 'text' };
  }
  if (children.length === 0) return { kind: 'empty' };
  if (seen.hasText) {
    note(name, 'It holds text beside elements: a DTD then says neither their order nor their number.');
    return { kind: 'mixed', names: children };
  }
  if (children.length > mostOrdered) {
    note(name, `It has ${children.length} different children: any order and number of them is allowed.`);
    return { kind: 'children', group: anyOf(children, '*') };
  }
  const { group, notes } = groupOf(seen.next, children);
  for (const message of notes) note(name, `${message}.`);
  return { kind: 'children', group };
}
