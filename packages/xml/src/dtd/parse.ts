import { isDeepStrictEqual } from 'node:util';
import { ambiguousIn, namesIn } from './ambiguity.ts';
import { dtdErrors } from './errors.ts';
import type { Dtd, DtdAttribute, DtdContent, DtdElement, DtdNote } from './model.ts';
import { textOf } from './parsing/bytes.ts';
import { DeclarationReader, type DeclaredContent } from './parsing/declarations.ts';
import { type DtdLimits, defaultDtdLimits } from './parsing/limits.ts';
import type { LoadDtdFile } from './parsing/parameter-entities.ts';
import { SourceText } from './parsing/source.ts';

export interface DtdReadingOptions {
  /** The path of the DTD below its folder, with `/` between its parts: for the places of errors, and for modules beside it. Default `the.dtd`. */
  readonly systemId?: string | undefined;
  /**
   * Gives a module by its path below the folder of the DTD; undefined where there is none. `filesBelow(folder)` reads files. Default: there are
   * no modules. It is never asked for anything but a relative path that does not lead out of the folder.
   */
  readonly load?: LoadDtdFile | undefined;
  /** Default for each: see `defaultDtdLimits`. */
  readonly limits?: Partial<DtdLimits> | undefined;
}

/** A DTD, and what it says beside that has no meaning for a message: notations, instructions, entities that are no texts, repetitions. */
export interface ReadDtd {
  readonly dtd: Dtd;
  readonly notes: readonly DtdNote[];
}

/**
 * Reads an external DTD: elements, attributes, entities, parameter entities, modules and conditional sections. Nothing is ever fetched. Throws a
 * `WaybillError` with a code of the DTD errors, and the file with line and column as its `at`. Comments are skipped.
 */
export function parseDtd(text: Uint8Array | string, { systemId = 'the.dtd', load, limits }: DtdReadingOptions = {}): ReadDtd {
  const reader = new DeclarationReader({ ...defaultDtdLimits, ...limits }, load);
  reader.read(SourceText.ofFile(systemId, textOf(text, systemId)));
  const notes = [...reader.notes];
  const note = (one: DtdNote): void => void notes.push(one);
  const attributes = attributesByElement(reader, note);
  const elements = [...reader.elements].map(([name, declared]) => elementOf(name, declared, attributes.get(name) ?? [], note));
  noteUndeclared(elements, note);
  return { dtd: { elements, entities: reader.entities.texts(note) }, notes };
}

function attributesByElement(reader: DeclarationReader, note: (one: DtdNote) => void): ReadonlyMap<string, readonly DtdAttribute[]> {
  const all = new Map<string, readonly DtdAttribute[]>();
  for (const [element, declared] of reader.attributes) {
    const kept = new Map<string, DtdAttribute>();
    for (const { at, ...attribute } of declared) {
      if (!kept.has(attribute.name)) kept.set(attribute.name, attribute);
      else note({ at, message: `The attribute ${attribute.name} of ${element} is declared already; the first declaration counts.` });
    }
    all.set(element, [...kept.values()]);
    const [first] = declared;
    if (first && !reader.elements.has(element))
      note({ at: first.at, message: `${element} has attributes, but is not declared. They are left out.` });
  }
  return all;
}

function elementOf(
  name: string,
  [first, ...others]: readonly DeclaredContent[],
  attributes: readonly DtdAttribute[],
  note: (one: DtdNote) => void,
): DtdElement {
  const { content, at } = first!;
  for (const other of others) {
    if (!isDeepStrictEqual(other.content, content))
      throw dtdErrors.WB_XML_DTD_CONTRADICTION(
        `The element ${name} is declared twice, with different contents: at ${at}, and at ${other.at}.`,
        {
          at: other.at,
        },
      );
    note({ at: other.at, message: `The element ${name} is declared already, with the same content, at ${at}.` });
  }
  const twice = content.kind === 'children' ? ambiguousIn(content.group, at) : undefined;
  if (twice !== undefined)
    note({ at, message: `The content of ${name} allows ${twice} in two ways at one place, which XML does not allow.` });
  return { name, content, attributes, at };
}

function noteUndeclared(elements: readonly DtdElement[], note: (one: DtdNote) => void): void {
  const declared = new Set(elements.map(({ name }) => name));
  for (const { name, content, at = name } of elements)
    for (const child of new Set(childrenOf(content)))
      if (!declared.has(child)) note({ at, message: `${child}, a child of ${name}, is not declared.` });
}

function childrenOf(content: DtdContent): Iterable<string> {
  if (content.kind === 'children') return namesIn(content.group);
  return content.kind === 'mixed' ? content.names : [];
}
