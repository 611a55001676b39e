import type { Dtd, DtdAttribute, DtdElement, DtdOccurs, DtdPart } from '@waybill/xml/dtd';
import { camelCase, FieldNames, plural } from './names.ts';
import type { DraftField, Shape } from './shape.ts';

/** A node of the notation, as plain data. */
export type DraftNode = Readonly<Record<string, unknown>>;

export interface DraftBody {
  readonly nodes: readonly DraftNode[];
  readonly fields: readonly DraftField[];
}

/** Where nodes are drafted: the names of the object that their fields are in, and whether they may be missing. */
interface Scope {
  readonly names: FieldNames;
  readonly loose: boolean;
}

const occursOnce: DtdOccurs = '1';

/** Drafts the nodes of elements. What it cannot carry over, it notes. */
export class DtdDraft {
  readonly notes: string[] = [];
  readonly #elements: ReadonlyMap<string, DtdElement>;
  readonly #open: string[] = [];

  constructor({ elements }: Dtd) {
    this.#elements = new Map(elements.map((element) => [element.name, element]));
  }

  /** What is in an element: its attributes, and its text or children. */
  content(name: string): DraftBody {
    const element = this.#elements.get(name);
    const scope: Scope = { names: new FieldNames(), loose: false };
    if (element === undefined) return { nodes: [], fields: [] };
    this.#open.push(name);
    const attributes = joined(element.attributes.map((attribute) => attributeOf(attribute, scope)));
    const inside = this.#inside(element, scope);
    this.#open.pop();
    return joined([attributes, inside]);
  }

  #inside({ name, content }: DtdElement, scope: Scope): DraftBody {
    switch (content.kind) {
      case 'empty':
        return { nodes: [], fields: [] };
      case 'any':
      case 'mixed':
        this.notes.push(`${name} holds text mixed with elements, or anything: only its text is read, and elements in it are refused.`);
        return this.#ownText(scope);
      case 'text':
        return this.#ownText(scope);
      case 'children':
        return this.#part(content.group, scope);
    }
  }

  #ownText({ names }: Scope): DraftBody {
    const field = names.take('text');
    return { nodes: [{ '.': field }], fields: [{ name: field, list: false, optional: false, shape: { kind: 'text' } }] };
  }

  #part(part: DtdPart, scope: Scope): DraftBody {
    if (part.kind === 'element') return this.#element(part.name, part.occurs, scope);
    if (part.occurs === '*' || part.occurs === '+') return this.#repeated(part, scope);
    if (part.kind === 'choice') {
      const branches = part.parts.map((each) => this.#part(each, { ...scope, loose: true }));
      const key = part.occurs === '?' ? 'one of?' : 'one of';
      return { nodes: [{ [key]: branches.map(({ nodes }) => nodes) }], fields: branches.flatMap(({ fields }) => fields) };
    }
    if (part.occurs === '1') return joined(part.parts.map((each) => this.#part(each, scope)));
    const field = scope.names.take(`${firstName(part)}Group`);
    const inner = joined(part.parts.map((each) => this.#part(each, { names: new FieldNames(), loose: true })));
    return {
      nodes: [{ 'all?': { into: field, has: inner.nodes } }],
      fields: [{ name: field, list: false, optional: true, shape: objectOf(inner) }],
    };
  }

  /** A group that comes again and again: each time an entry of a list. */
  #repeated(part: Exclude<DtdPart, { readonly kind: 'element' }>, { names }: Scope): DraftBody {
    if (part.occurs === '+')
      this.notes.push(`The group that begins with ${firstElement(part)} may be missing here, though the DTD demands one.`);
    const field = names.take(plural(`${firstName(part)}Group`));
    const inner = this.#part({ ...part, occurs: occursOnce }, { names: new FieldNames(), loose: false });
    return {
      nodes: [{ 'all*': { into: `${field}[]`, has: inner.nodes } }],
      fields: [{ name: field, list: true, optional: true, shape: objectOf(inner) }],
    };
  }

  #element(name: string, occurs: DtdOccurs, scope: Scope): DraftBody {
    const list = occurs === '*' || occurs === '+';
    const optional = scope.loose || occurs === '?' || occurs === '*';
    const wire = occurs === '1' ? name : `${name}${occurs}`;
    const field = scope.names.take(list ? plural(camelCase(name)) : camelCase(name));
    const place = list ? `${field}[]` : field;
    const made = (node: DraftNode, shape: Shape): DraftBody => ({ nodes: [node], fields: [{ name: field, list, optional, shape }] });
    if (this.#open.includes(name)) {
      this.notes.push(`${name} contains itself: what the inner ones look like is not in the schema.`);
      return made({ like: name }, { kind: 'again' });
    }
    const element = this.#elements.get(name);
    if (element === undefined) this.notes.push(`${name} is named and not declared: it is taken for text.`);
    if (element === undefined || isText(element)) return made({ [wire]: place }, { kind: 'text' });
    if (element.content.kind === 'empty' && element.attributes.length === 0 && !list)
      return made({ [wire]: { mark: field } }, { kind: 'mark' });
    const inner = this.content(name);
    return made({ [wire]: { into: place, has: inner.nodes } }, objectOf(inner));
  }
}

function isText({ content, attributes }: DtdElement): boolean {
  return content.kind === 'text' && attributes.length === 0;
}

function attributeOf({ name, type, presence }: DtdAttribute, { names }: Scope): DraftBody {
  if (presence.kind === 'fixed') return { nodes: [{ [`@${name}?`]: { value: presence.value } }], fields: [] };
  const field = names.take(camelCase(name));
  const words = type.kind === 'enumeration' ? type.words : undefined;
  const as = words === undefined ? undefined : `code(${words.join(' ')})`;
  const preset = presence.kind === 'default' ? presence.value : undefined;
  const wire = presence.kind === 'required' ? `@${name}` : `@${name}?`;
  const short = as === undefined ? field : `${field} as ${as}`;
  const node = preset === undefined ? short : { to: field, ...(as === undefined ? {} : { as }), default: preset };
  return {
    nodes: [{ [wire]: node }],
    fields: [{ name: field, list: false, optional: presence.kind !== 'required', shape: { kind: 'text', words } }],
  };
}

function joined(bodies: readonly DraftBody[]): DraftBody {
  return { nodes: bodies.flatMap(({ nodes }) => nodes), fields: bodies.flatMap(({ fields }) => fields) };
}

export function objectOf({ fields }: DraftBody): Shape {
  return { kind: 'object', fields };
}

function firstElement(part: DtdPart): string {
  if (part.kind === 'element') return part.name;
  const [first] = part.parts;
  return first === undefined ? 'nothing' : firstElement(first);
}

function firstName(part: DtdPart): string {
  return camelCase(firstElement(part));
}
