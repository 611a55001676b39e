import type { MessageError } from '@waybill/contract';
import { Problem } from '@waybill/values';
import { element } from '../declaring/combinators.ts';
import type { Holder } from '../declaring/content.ts';
import { type DefinitionErrorCode, definitionErrors } from '../declaring/errors.ts';
import type { Attribute, Choice, ElementNode, Finding, Many, Node, Sequence, Single } from '../declaring/nodes.ts';
import { shortened } from '../shortened.ts';
import { XmlWriter } from '../writing/writer.ts';
import { type Child, elementShape, type Group, groupShape, type Shape, shapes } from './shape.ts';

/** Writes one document by its declaration, in the order of the declaration. */
export class Encoder {
  readonly #out: XmlWriter;
  /** The steps to the element in hand, for errors. */
  readonly #path: string[] = [];

  constructor(systemId: string | undefined) {
    this.#out = new XmlWriter({ systemId });
  }

  document(root: ElementNode, value: unknown): string {
    this.#element(root, value, root.name);
    return this.#out.toString();
  }

  #element(node: ElementNode, given: unknown, step: string): void {
    this.#path.push(step);
    const value = this.#unmapped(node, given);
    const shape = shapes.get(node) ?? elementShape(node);
    const holder = this.#holder(node, shape, value);
    this.#out.open(node.name, this.#attributes(node.name, shape, holder));
    this.#content(node, shape, value, holder);
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
  #holder(node: ElementNode, shape: Shape, value: unknown): Holder {
    if (!shape.isObject) return noValues;
    if (!isObject(value)) throw this.#fault('WB_XML_BAD_VALUE', `The value for ${node.name} is not an object.`);
    if (node.others === undefined) this.#refuseStrangers(value, shape.keys);
    return value;
  }

  #attributes(element: string, { attributes }: Shape, holder: Holder): Record<string, string> | undefined {
    if (attributes.length === 0) return undefined;
    const written: Record<string, string> = {};
    for (const [key, attribute] of attributes) {
      const value = this.#attribute(element, attribute, holder[key]);
      if (value !== undefined) written[attribute.name] = value;
    }
    return written;
  }

  #attribute(element: string, { name, presence, preset, fixed, type }: Attribute, given: unknown): string | undefined {
    if (presence === 'fixed') return fixed;
    const value = presence === 'default' ? (given ?? preset) : given;
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

  #content(node: ElementNode, shape: Shape, value: unknown, holder: Holder): void {
    if (node.others !== undefined) {
      for (const [name, text] of Object.entries(holder)) if (text !== undefined) this.#element(element(name, node.others), text, name);
      return;
    }
    if (node.text === undefined || node.text === 'ignored') {
      this.#children(shape.children, holder);
      return;
    }
    const text = holder === noValues ? value : holder['text'];
    const written = text === undefined ? new Problem('is missing') : node.text.write(text);
    if (written instanceof Problem) throw this.#fault('WB_XML_BAD_VALUE', `The text of ${node.name} ${written.says}.`, '', written.hint);
    this.#out.text(written);
  }

  #children(children: readonly Child[], holder: Holder): void {
    for (const [key, node] of children) this.#child(node, holder[key]);
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
        this.#choice(node, value);
        return;
      case 'sequence':
        this.#sequence(node, value);
        return;
      case 'element':
        this.#single(node, value);
        return;
      case 'lazy':
        this.#single(node.get(), value);
    }
  }

  #sequence(node: Sequence, value: unknown): void {
    const { children, keys } = shapes.get(node) ?? groupShape(node);
    const holder = this.#object(node, value);
    this.#refuseStrangers(holder, keys);
    this.#children(children, holder);
  }

  #single(node: ElementNode, value: unknown, index?: number): void {
    const step = index === undefined ? node.name : `${node.name}[${index + 1}]`;
    if ((value === undefined || value === null) && !(shapes.get(node) ?? elementShape(node)).isNothing)
      throw this.#fault('WB_XML_MISSING_ELEMENT', `Element ${node.name} is missing.`, `/${step}`);
    this.#element(node, value, step);
  }

  #list({ of, min, max }: Many, given: unknown): void {
    const values: unknown = given ?? [];
    if (!Array.isArray(values) || values.length < min || values.length > max) throw this.#listFault(of, values, max);
    for (let index = 0; index < values.length; index += 1) {
      if (of.kind === 'element') this.#single(of, values[index], index);
      else if (of.kind === 'lazy') this.#single(of.get(), values[index], index);
      else this.#child(of, values[index]);
    }
  }

  #listFault(of: Single, values: unknown, max: number): MessageError {
    const name = firstName(of);
    if (!Array.isArray(values)) return this.#fault('WB_XML_BAD_VALUE', `The values for ${name} are not a list.`, `/${name}`);
    if (values.length > max)
      return this.#fault('WB_XML_TOO_MANY', `There may be at most ${max} ${name}, not more.`, `/${name}[${max + 1}]`);
    return this.#fault('WB_XML_MISSING_ELEMENT', `Element ${name} is missing.`, `/${name}[${values.length + 1}]`);
  }

  #choice(node: Choice, given: unknown): void {
    const { children, keys } = shapes.get(node) ?? groupShape(node);
    const value = this.#object(node, given);
    this.#refuseStrangers(value, keys);
    let taken: Child | undefined;
    for (const branch of children) {
      if (value[branch[0]] === undefined) continue;
      if (taken !== undefined)
        throw this.#fault('WB_XML_UNEXPECTED_ELEMENT', `Element ${firstName(branch[1])} cannot stand beside ${firstName(taken[1])}.`);
      taken = branch;
    }
    if (taken === undefined) throw this.#fault('WB_XML_MISSING_ELEMENT', `One of the elements ${branchNames(node, ', ')} is missing.`);
    this.#child(taken[1], value[taken[0]]);
  }

  /** The value of a group as an object. */
  #object(group: Group, value: unknown): Holder {
    if (isObject(value)) return value;
    const name = group.kind === 'choice' ? branchNames(group, ' or ') : firstName(group);
    if (value === undefined || value === null) throw this.#fault('WB_XML_MISSING_ELEMENT', `Element ${name} is missing.`);
    throw this.#fault('WB_XML_BAD_VALUE', `The value for ${name} is not an object.`);
  }

  /** Refuses a key that the declaration does not know: it would be lost in silence. It is a typing error, or data of another version of the message. */
  #refuseStrangers(holder: Holder, known: ReadonlySet<string>): void {
    for (const key of Object.keys(holder)) {
      if (known.has(key) || holder[key] === undefined) continue;
      throw this.#fault('WB_XML_BAD_VALUE', `The message has no place for "${shortened(key, 64)}".`);
    }
  }

  #refuseFinding(node: ElementNode, { says, at, hint }: Finding): never {
    throw this.#fault('WB_XML_BAD_VALUE', `Element ${node.name} ${says}.`, at === undefined ? '' : `/${at}`, hint);
  }

  #fault(code: DefinitionErrorCode, message: string, below = '', hint?: string, cause?: unknown): MessageError {
    return definitionErrors[code](message, { at: this.#path.join('/') + below, hint, cause });
  }
}

const noValues: Holder = Object.freeze({});

function isObject(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The element that a node begins with, for errors. */
function firstName(node: Node): string {
  switch (node.kind) {
    case 'element':
      return node.name;
    case 'lazy':
      return node.get().name;
    case 'optional':
    case 'many':
      return firstName(node.of);
    case 'choice':
    case 'sequence': {
      const [first] = Object.values(node.kind === 'choice' ? node.branches : node.children);
      return first === undefined ? '' : firstName(first);
    }
  }
}

function branchNames({ branches }: Choice, between: string): string {
  return Object.values(branches).map(firstName).join(between);
}
