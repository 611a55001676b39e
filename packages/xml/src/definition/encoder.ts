import { MessageError } from '@waybill/contract';
import type { Attribute, ElementNode, Finding, Many, Node } from './declare.ts';
import type { DefinitionErrorCode } from './errors.ts';
import { isNothing, resolved } from './plan.ts';
import type { Holder } from './slot.ts';
import { Problem } from './text.ts';
import { XmlText } from './xml-text.ts';

/** Writes documents by their declaration, in the order of the declaration. */
export class Encoder {
  readonly #root: ElementNode;
  readonly #systemId: string | undefined;

  constructor(root: ElementNode, systemId: string | undefined) {
    this.#root = root;
    this.#systemId = systemId;
  }

  document(value: unknown): string {
    const writing = new Writing(this.#root.name, this.#systemId);
    writing.element(this.#root, value, this.#root.name);
    return writing.end();
  }
}

/** One document on its way, and where in it we are. */
class Writing {
  readonly #out: XmlText;
  readonly #path: string[] = [];

  constructor(root: string, systemId: string | undefined) {
    this.#out = new XmlText();
    this.#out.prolog(root, systemId);
  }

  end(): string {
    return this.#out.end();
  }

  element(node: ElementNode, given: unknown, step: string): void {
    this.#path.push(step);
    const value = this.#unmapped(node, given);
    const finding = isObject(value) || node.text !== undefined ? node.check?.(value) : undefined;
    if (finding !== undefined) this.#refuseFinding(node, finding);
    this.#out.startElement(node.name);
    const holder = this.#attributes(node, value);
    this.#content(node, value, holder);
    this.#out.endElement(node.name);
    this.#path.pop();
  }

  #unmapped(node: ElementNode, given: unknown): unknown {
    if (node.map === undefined) return given;
    try {
      return node.map.write(given);
    } catch (cause) {
      throw this.#fault('WB_XML_BAD_VALUE', `The value for ${node.name} is not of the right shape.`, '', undefined, cause);
    }
  }

  #attributes(node: ElementNode, value: unknown): Holder {
    const entries = Object.entries(node.attributes);
    const needed = entries.some(([, { presence }]) => presence !== 'fixed') || (Object.keys(node.children).length > 0 && !isNothing(node));
    if (needed && !isObject(value)) throw this.#fault('WB_XML_BAD_VALUE', `The value for ${node.name} is not an object.`);
    const holder = needed ? (value as Holder) : noValues;
    for (const [key, attribute] of entries) this.#attribute(node, attribute, holder[key]);
    return holder;
  }

  #attribute(node: ElementNode, { name, presence, preset, fixed, type }: Attribute, given: unknown): void {
    const value = presence === 'fixed' ? fixed : presence === 'default' ? (given ?? preset) : given;
    if (value === undefined) {
      if (presence === 'optional') return;
      throw this.#fault('WB_XML_MISSING_ATTRIBUTE', `The attribute ${name} of ${node.name} is missing.`, `@${name}`);
    }
    const written = type.write(value);
    if (written instanceof Problem) {
      const says = `The attribute ${name} of ${node.name} ${written.says}.`;
      throw this.#fault('WB_XML_BAD_VALUE', says, `@${name}`, written.hint);
    }
    this.#out.attribute(name, written);
  }

  #content(node: ElementNode, value: unknown, holder: Holder): void {
    if (node.text === undefined || node.text === 'ignored') {
      this.#children(node.children, holder);
      return;
    }
    const text = holder === noValues ? value : holder['text'];
    const written = text === undefined ? new Problem('is missing') : node.text.write(text);
    if (written instanceof Problem) throw this.#fault('WB_XML_BAD_VALUE', `The text of ${node.name} ${written.says}.`, '', written.hint);
    this.#out.text(written);
  }

  #children(children: Readonly<Record<string, Node>>, holder: Holder): void {
    for (const key of Object.keys(children)) this.#child(children[key] as Node, holder[key]);
  }

  #child(node: Node, value: unknown): void {
    switch (node.kind) {
      case 'optional':
        if (value !== undefined && value !== null) this.#child(node.of, value);
        return;
      case 'many':
        this.#list(node, value);
        return;
      case 'choice':
        this.#branch(node.branches, value);
        return;
      case 'sequence':
        this.#children(node.children, this.#object(value, firstName(node)));
        return;
      case 'element':
      case 'lazy':
        this.#single(resolved(node) as ElementNode, value);
    }
  }

  #single(node: ElementNode, value: unknown, index?: number): void {
    const step = index === undefined ? node.name : `${node.name}[${index + 1}]`;
    if ((value === undefined || value === null) && !isNothing(node))
      throw this.#fault('WB_XML_MISSING_ELEMENT', `Element ${node.name} is missing.`, `/${step}`);
    this.element(node, value, step);
  }

  #list({ of, min, max }: Many, given: unknown): void {
    const name = firstName(of);
    const values: unknown = given ?? [];
    if (!Array.isArray(values)) throw this.#fault('WB_XML_BAD_VALUE', `The values for ${name} are not a list.`, `/${name}`);
    if (values.length < min) throw this.#fault('WB_XML_MISSING_ELEMENT', `Element ${name} is missing.`, `/${name}[${values.length + 1}]`);
    if (values.length > max) throw this.#fault('WB_XML_TOO_MANY', `There may be at most ${max} ${name}, not more.`, `/${name}[${max + 1}]`);
    const single = resolved(of);
    for (const [index, value] of values.entries()) {
      if (single.kind === 'element') this.#single(single, value, index);
      else this.#child(single, value);
    }
  }

  #branch(branches: Readonly<Record<string, Node>>, given: unknown): void {
    const names = Object.values(branches).map(firstName);
    const value = this.#object(given, names.join(' or '));
    const taken = Object.entries(branches).filter(([key]) => value[key] !== undefined);
    const [first, second] = taken;
    if (first === undefined) throw this.#fault('WB_XML_MISSING_ELEMENT', `One of the elements ${names.join(', ')} is missing.`);
    if (second !== undefined)
      throw this.#fault('WB_XML_UNEXPECTED_ELEMENT', `Element ${firstName(second[1])} cannot stand beside ${firstName(first[1])}.`);
    this.#child(first[1], value[first[0]]);
  }

  #object(value: unknown, name: string): Holder {
    if (value === undefined || value === null) throw this.#fault('WB_XML_MISSING_ELEMENT', `Element ${name} is missing.`);
    if (!isObject(value)) throw this.#fault('WB_XML_BAD_VALUE', `The value for ${name} is not an object.`);
    return value;
  }

  #refuseFinding(node: ElementNode, { says, at, hint }: Finding): never {
    throw this.#fault('WB_XML_BAD_VALUE', `Element ${node.name} ${says}.`, at === undefined ? '' : `/${at}`, hint);
  }

  #fault(code: DefinitionErrorCode, message: string, below = '', hint?: string, cause?: unknown): MessageError {
    return new MessageError(code, message, { at: this.#path.join('/') + below, hint, cause });
  }
}

const noValues: Holder = Object.freeze({});

function isObject(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The element that a node begins with, for errors. */
function firstName(node: Node): string {
  const found = node.kind === 'optional' || node.kind === 'many' ? resolved(node.of) : resolved(node);
  if (found.kind === 'element') return found.name;
  const [first] = Object.values(found.kind === 'choice' ? found.branches : found.children);
  return first === undefined ? '' : firstName(first);
}
