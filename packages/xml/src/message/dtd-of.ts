import { type Group, innerNodes, type Node, type Occurs, ownNodes, type Pick } from '@waybill/mapping';
import type { AnyTextType, Facets } from '@waybill/values';
import type { Dtd, DtdAttribute, DtdContent, DtdElement, DtdGroup, DtdOccurs, DtdPart } from '../dtd/model.ts';

/**
 * What a message is, as a DTD: a document that was written by the declaration is valid by it. A DTD says less: not what a text is, not how
 * often beyond none, one and many, and nothing that a check says.
 */
export function dtdOf(root: Group): Dtd {
  const elements = new Elements();
  elements.group(root, '');
  return { elements: elements.all, entities: [] };
}

const words = /^[\w.:-]+$/;

class Elements {
  readonly all: DtdElement[] = [];
  readonly #open: Group[] = [];

  group(group: Group, above: string): void {
    if (this.#open.includes(group)) return;
    const at = above === '' ? group.name : `${above}/${group.name}`;
    const { attributes, text } = ownNodes(group.has, []);
    const inner = innerNodes(group.has);
    const isText = text !== undefined || group.has.some((node) => node.kind === 'ignored' && node.name === '.');
    // Before what is in it, so that declarations come in the order of the document.
    const place = this.all.push({ name: group.name, content: { kind: 'empty' }, attributes: [], at }) - 1;
    this.#open.push(group);
    const content = this.#content(group, { inner, isText, at });
    this.#open.pop();
    this.all[place] = { name: group.name, content, attributes: attributes.map(({ node }) => attributeOf(node)), at };
  }

  #content({ has }: Group, { inner, isText, at }: { inner: readonly Node[]; isText: boolean; at: string }): DtdContent {
    if (has.some(({ kind }) => kind === 'tree')) return { kind: 'any' };
    if (inner.length === 0) return { kind: isText ? 'text' : 'empty' };
    if (!isText) return this.#children(inner, at);
    // Text among elements: a DTD says neither their order nor their number.
    return { kind: 'mixed', names: [...new Set(inner.flatMap((node) => this.#parts(node, at)).flatMap(namesIn))] };
  }

  #children(nodes: readonly Node[], at: string): DtdContent {
    const parts = nodes.flatMap((node) => this.#parts(node, at));
    const [only] = parts;
    const isGroup = parts.length === 1 && only !== undefined && only.kind !== 'element';
    return { kind: 'children', group: isGroup ? only : sequence(parts, '1') };
  }

  #parts(node: Node, at: string): readonly DtdPart[] {
    switch (node.kind) {
      case 'leaf':
      case 'same':
      case 'constant':
      case 'ignored':
        return [this.#text(node, occursOf(node.occurs), at)];
      case 'indexed':
        return [this.#text(node, node.occurs.min > 0 ? '+' : '*', at)];
      case 'mark':
        return [this.#element({ name: node.name, content: { kind: 'empty' }, attributes: [] }, occursOf(node.occurs), at)];
      case 'pick':
        return [this.#element({ name: node.name, content: { kind: 'text' }, attributes: [pickOf(node)] }, occursOf(node.occurs), at)];
      case 'entries':
        return [this.#entries(node, at)];
      case 'tree':
        return [];
      case 'joined':
        return node.parts.map((part) => this.#text(part, occursOf(part.occurs), at));
      case 'group':
        this.group(node, at);
        return [{ kind: 'element', name: node.name, occurs: occursOf(node.occurs) }];
      case 'like': {
        const group = node.get();
        this.group(group, at);
        return [{ kind: 'element', name: group.name, occurs: occursOf(group.occurs) }];
      }
      case 'all': {
        const parts = innerNodes(node.has).flatMap((each) => this.#parts(each, at));
        // Neighbours of which each may be missing need nothing around them: together they may be missing as well.
        const isTold = node.occurs.max > 1 || node.into === undefined || (node.occurs.min === 0 && parts.some(isNeeded));
        return isTold ? [sequence(parts, occursOf(node.occurs))] : parts;
      }
      case 'one of': {
        const branches = node.branches.map(({ has }) => has.flatMap((each) => this.#parts(each, at)));
        return [{ kind: 'choice', parts: branches.map((parts) => single(parts)), occurs: occursOf(node.occurs) }];
      }
    }
  }

  #entries({ name, entry, occurs }: Extract<Node, { readonly kind: 'entries' }>, at: string): DtdPart {
    if (entry === undefined) return this.#element({ name, content: { kind: 'any' }, attributes: [] }, occursOf(occurs), at);
    const content: DtdContent = { kind: 'children', group: sequence([{ kind: 'element', name: entry.name, occurs: '+' }], '1') };
    const part = this.#element({ name, content, attributes: [] }, occursOf(occurs), at);
    const by: DtdAttribute = { name: entry.by, type: { kind: 'CDATA' }, presence: { kind: 'required' } };
    this.#element({ name: entry.name, content: { kind: 'text' }, attributes: [by] }, '+', `${at}/${name}`);
    return part;
  }

  #text({ name }: { readonly name: string }, occurs: DtdOccurs, at: string): DtdPart {
    return this.#element({ name, content: { kind: 'text' }, attributes: [] }, occurs, at);
  }

  #element(element: DtdElement, occurs: DtdOccurs, at: string): DtdPart {
    this.all.push({ ...element, at: `${at}/${element.name}` });
    return { kind: 'element', name: element.name, occurs };
  }
}

function occursOf({ min, max }: Occurs): DtdOccurs {
  if (max > 1) return min > 0 ? '+' : '*';
  return min > 0 ? '1' : '?';
}

function namesIn(part: DtdPart): readonly string[] {
  return part.kind === 'element' ? [part.name] : part.parts.flatMap(namesIn);
}

/** Whether something has to stand where this part is. */
function isNeeded(part: DtdPart): boolean {
  if (part.occurs === '?' || part.occurs === '*') return false;
  if (part.kind === 'element') return true;
  return part.kind === 'choice' ? part.parts.every(isNeeded) : part.parts.some(isNeeded);
}

function sequence(parts: readonly DtdPart[], occurs: DtdOccurs): DtdGroup {
  return { kind: 'sequence', parts, occurs };
}

function single(parts: readonly DtdPart[]): DtdPart {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : sequence(parts, '1');
}

function attributeOf(node: Node): DtdAttribute {
  const name = ('name' in node ? node.name : '').slice(1);
  if (node.kind === 'constant') {
    // A DTD supplies what is fixed to those who leave it out. What has to be sent can only be demanded.
    if (node.occurs.min > 0) return { name, type: enumeration([node.value]), presence: { kind: 'required' } };
    return { name, type: { kind: 'CDATA' }, presence: { kind: 'fixed', value: node.value } };
  }
  if (node.kind !== 'leaf' && node.kind !== 'ignored') {
    const isNeeded = 'occurs' in node && node.occurs.min > 0;
    return { name, type: { kind: 'CDATA' }, presence: { kind: isNeeded ? 'required' : 'implied' } };
  }
  const { as, preset, occurs } = node;
  const type: DtdAttribute['type'] = as === undefined ? { kind: 'CDATA' } : typeOf(as);
  if (preset === undefined) return { name, type, presence: { kind: occurs.min > 0 ? 'required' : 'implied' } };
  const written: unknown = as === undefined ? preset : as.write(preset);
  return { name, type, presence: typeof written === 'string' ? { kind: 'default', value: written } : { kind: 'implied' } };
}

function pickOf({ by, alternatives, preset }: Pick): DtdAttribute {
  const type = enumeration(alternatives.map(({ word }) => word));
  return { name: by, type, presence: preset === undefined ? { kind: 'required' } : { kind: 'default', value: preset } };
}

function typeOf({ facets }: AnyTextType): DtdAttribute['type'] {
  return enumeration(wordsOf(facets));
}

function wordsOf(facets: Facets): readonly string[] {
  if (facets.kind === 'words') return facets.words;
  return facets.kind === 'flag' ? [facets.yes, facets.no] : [];
}

/** Only words of name characters can be listed. */
function enumeration(all: readonly string[]): DtdAttribute['type'] {
  return all.length > 0 && all.every((word) => words.test(word)) ? { kind: 'enumeration', words: all } : { kind: 'CDATA' };
}
