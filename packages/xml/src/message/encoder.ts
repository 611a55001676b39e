import type { MessageError } from '@waybill/contract';
import { element } from '../declaring/combinators.ts';
import { type Holder, isNothing, resolved } from '../declaring/content.ts';
import { type DefinitionErrorCode, definitionErrors } from '../declaring/errors.ts';
import type { Attribute, ElementNode, Finding, Many, Node, Sequence } from '../declaring/nodes.ts';
import { shortened } from '../shortened.ts';
import { Problem } from '../values/text.ts';
import { XmlWriter } from '../writing/writer.ts';

/** Writes documents by their declaration, in the order of the declaration. */
export class Encoder {
  readonly #root: ElementNode;
  readonly #systemId: string | undefined;

  constructor(root: ElementNode, systemId: string | undefined) {
    this.#root = root;
    this.#systemId = systemId;
  }

  document(value: unknown): string {
    const writing = new Writing(this.#systemId);
    writing.element(this.#root, value, this.#root.name);
    return writing.toString();
  }
}

/** A document that is being written, and the path of the element in hand. */
class Writing {
  readonly #out: XmlWriter;
  readonly #path: string[] = [];

  constructor(systemId: string | undefined) {
    this.#out = new XmlWriter({ systemId });
  }

  toString(): string {
    return this.#out.toString();
  }

  element(node: ElementNode, given: unknown, step: string): void {
    this.#path.push(step);
    const value = this.#unmapped(node, given);
    const holder = this.#holder(node, value);
    this.#out.open(node.name, this.#attributes(node, holder));
    this.#content(node, value, holder);
    // Last, when the value is known to have the shape that the check relies on.
    const finding = node.check?.(value);
    if (finding !== undefined) this.#refuseFinding(node, finding);
    this.#out.close();
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

  /** The value as an object, where it has to be one. */
  #holder(node: ElementNode, value: unknown): Holder {
    const varies = Object.values(node.attributes).some(({ presence }) => presence !== 'fixed');
    if (!varies && node.others === undefined && (Object.keys(node.children).length === 0 || isNothing(node))) return noValues;
    if (!isObject(value)) throw this.#fault('WB_XML_BAD_VALUE', `The value for ${node.name} is not an object.`);
    if (node.others === undefined) this.#refuseStrangers(value, (key) => hasPlace(node, key));
    return value;
  }

  #attributes({ name, attributes }: ElementNode, holder: Holder): Record<string, string> {
    const written: Record<string, string> = {};
    for (const key of Object.keys(attributes)) {
      const attribute = attributes[key] as Attribute;
      const value = this.#attribute(name, attribute, holder[key]);
      if (value !== undefined) written[attribute.name] = value;
    }
    return written;
  }

  #attribute(element: string, { name, presence, preset, fixed, type }: Attribute, given: unknown): string | undefined {
    const value = presence === 'fixed' ? fixed : presence === 'default' ? (given ?? preset) : given;
    if (value === undefined) {
      if (presence === 'optional') return undefined;
      throw this.#fault('WB_XML_MISSING_ATTRIBUTE', `The attribute ${name} of ${element} is missing.`, `@${name}`);
    }
    const written = type.write(value);
    if (written instanceof Problem) {
      const says = `The attribute ${name} of ${element} ${written.says}.`;
      throw this.#fault('WB_XML_BAD_VALUE', says, `@${name}`, written.hint);
    }
    return written;
  }

  #content(node: ElementNode, value: unknown, holder: Holder): void {
    if (node.others !== undefined) {
      for (const [name, text] of Object.entries(holder)) if (text !== undefined) this.element(element(name, node.others), text, name);
      return;
    }
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
        if (value !== undefined && value !== null && !node.omits?.(value)) this.#child(node.of, value);
        return;
      case 'many':
        this.#list(node, value);
        return;
      case 'choice':
        this.#branch(node.branches, value);
        return;
      case 'sequence':
        this.#sequence(node, value);
        return;
      case 'element':
      case 'lazy':
        this.#single(resolved(node) as ElementNode, value);
    }
  }

  #sequence(node: Sequence, value: unknown): void {
    const holder = this.#object(value, firstName(node));
    this.#refuseStrangers(holder, (key) => Object.hasOwn(node.children, key));
    this.#children(node.children, holder);
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
    this.#refuseStrangers(value, (key) => Object.hasOwn(branches, key));
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

  /** Refuses a key that the declaration does not know: it would be lost in silence. It is a typing error, or data of another version of the message. */
  #refuseStrangers(holder: Holder, knows: (key: string) => boolean): void {
    const stranger = Object.keys(holder).find((key) => !knows(key) && holder[key] !== undefined);
    if (stranger !== undefined) throw this.#fault('WB_XML_BAD_VALUE', `The message has no place for "${shortened(stranger, 64)}".`);
  }

  #refuseFinding(node: ElementNode, { says, at, hint }: Finding): never {
    throw this.#fault('WB_XML_BAD_VALUE', `Element ${node.name} ${says}.`, at === undefined ? '' : `/${at}`, hint);
  }

  #fault(code: DefinitionErrorCode, message: string, below = '', hint?: string, cause?: unknown): MessageError {
    return definitionErrors[code](message, { at: this.#path.join('/') + below, hint, cause });
  }
}

const noValues: Holder = Object.freeze({});

function hasPlace({ attributes, children, text }: ElementNode, key: string): boolean {
  if (Object.hasOwn(attributes, key) || Object.hasOwn(children, key)) return true;
  return key === 'text' && text !== undefined && text !== 'ignored';
}

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
