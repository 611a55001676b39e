import { type AnyTextType, Problem, type TextType } from '@waybill/values';
import type {
  ElementValue,
  ElementWriting,
  OneOf,
  OneOfWriting,
  ReadChildren,
  Simplify,
  ValueOf,
  WriteChildren,
  WritingOf,
} from './infer.ts';
import type { Attribute, AttributeSet, ChildSet, Choice, ElementNode, Finding, Lazy, Many, Optional, Sequence, Single } from './nodes.ts';

export interface ElementSpec {
  /** Keys of the value, with the attributes they stand for. */
  readonly attributes?: AttributeSet;
  /** Keys of the value, with the child elements they stand for, in the order of the schema. */
  readonly children?: ChildSet;
  /** What the text is. With attributes beside it the text gets the key `text`; alone it is the value itself. */
  readonly text?: AnyTextType | 'ignored';
  /** For the documentation table. */
  readonly about?: string;
}

/**
 * Declares an element. Its value is an object with a key for each attribute and child that can vary; an element of text
 * alone has the text as its value. Throws a `TypeError` for a declaration that no document could follow.
 */
export function element<T>(name: string, text: TextType<T>, about?: string): ElementNode<T>;
export function element<const Spec extends ElementSpec>(name: string, spec: Spec): ElementNode<ElementValue<Spec>, ElementWriting<Spec>>;
export function element(name: string, given: AnyTextType | ElementSpec, about?: string): ElementNode {
  const spec: ElementSpec = 'read' in given ? { text: given } : given;
  const { attributes = {}, children = {}, text } = spec;
  refuseBadKeys(name, attributes, children, text);
  return {
    kind: 'element',
    name,
    attributes,
    children,
    text,
    others: undefined,
    about: spec.about ?? about,
    check: undefined,
    map: undefined,
  };
}

/**
 * An element whose children may have any name, each once and with text alone. The value is a record from their names to
 * their texts; writing a name that XML cannot hold throws `WB_XML_UNWRITABLE`.
 */
export function record<T>(name: string, others: TextType<T>, about?: string): ElementNode<Readonly<Record<string, T>>> {
  return { kind: 'element', name, attributes: {}, children: {}, text: undefined, others, about, check: undefined, map: undefined };
}

function refuseBadKeys(name: string, attributes: AttributeSet, children: ChildSet, text: unknown): void {
  const keys = [...Object.keys(attributes), ...Object.keys(children)];
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new TypeError(`Element ${name}: the key "${twice}" is used twice.`);
  // A number-like key would move to the front, and the order of the keys is the order of the schema.
  const number = keys.find((key) => /^[0-9]/.test(key));
  if (number !== undefined) throw new TypeError(`Element ${name}: the key "${number}" begins with a digit.`);
  const typed = text !== undefined && text !== 'ignored';
  if (typed && Object.keys(children).length > 0) throw new TypeError(`Element ${name}: it cannot have both text and children.`);
  if (typed && keys.includes('text')) throw new TypeError(`Element ${name}: the key "text" is taken by the text.`);
}

/** An attribute that has to be there. */
export function attribute<T>(name: string, type: TextType<T>, about?: string): Attribute<T, 'required'> {
  return { kind: 'attribute', name, type, presence: 'required', mandatory: true, about };
}

/** An attribute that may be left out; its key is then missing. */
export function optionalAttribute<T>(name: string, type: TextType<T>, about?: string): Attribute<T, 'optional'> {
  return { kind: 'attribute', name, type, presence: 'optional', mandatory: false, about };
}

/** An attribute that means `preset` when it is left out. Always written, for receivers that do not read the schema. */
export function defaultAttribute<T>(name: string, type: TextType<T>, preset: NoInfer<T>, about?: string): Attribute<T, 'default'> {
  return { kind: 'attribute', name, type, presence: 'default', preset, mandatory: false, about };
}

/**
 * An attribute with one possible value; it has no key. A schema supplies it to a validating reader, so it may be left
 * out unless `mandatory`. Always written.
 */
export function fixedAttribute(
  name: string,
  value: string,
  options: { mandatory?: boolean; about?: string } = {},
): Attribute<string, 'fixed'> {
  const take = (given: string): string | Problem => (given === value ? given : new Problem(`is not ${value}`));
  const type: TextType<string> = { facets: { kind: 'words', words: [value] }, secret: false, read: take, write: take, makeUp: () => value };
  return { kind: 'attribute', name, type, presence: 'fixed', fixed: value, mandatory: options.mandatory ?? false, about: options.about };
}

/** At most once. Its key is missing when it does not occur. */
export function optional<N extends Single>(of: N): Optional<ValueOf<N>, WritingOf<N>> {
  return { kind: 'optional', of };
}

/** Any number of times, at most `max`. Its key is missing when it does not occur, else it holds a list. */
export function many<N extends Single>(of: N, options: { max?: number } = {}): Many<ValueOf<N>, WritingOf<N>, 0> {
  return { kind: 'many', of, min: 0, max: options.max ?? Number.POSITIVE_INFINITY };
}

/** At least once, at most `max` times. Its key holds a list. */
export function many1<N extends Single>(of: N, options: { max?: number } = {}): Many<ValueOf<N>, WritingOf<N>, 1> {
  return { kind: 'many', of, min: 1, max: options.max ?? Number.POSITIVE_INFINITY };
}

/** Exactly one of the branches. The value is an object with the one key of the branch that was taken. */
export function choice<const B extends ChildSet>(branches: B): Choice<OneOf<B>, OneOfWriting<B>> {
  return { kind: 'choice', branches };
}

/** One after another, as a branch of a choice or to repeat or leave out together. The value is an object. */
export function sequence<const C extends ChildSet>(children: C): Sequence<Simplify<ReadChildren<C>>, Simplify<WriteChildren<C>>> {
  return { kind: 'sequence', children };
}

/** An element that contains itself. Annotate the type of the constant that it refers to: TypeScript cannot infer it. */
export function lazy<V, W = V>(get: () => ElementNode<V, W>): Lazy<V, W> {
  return { kind: 'lazy', get };
}

/** Adds a rule that the content model cannot say. It is held when reading and when writing. */
export function checked<V, W>(node: ElementNode<V, W>, check: (value: V) => Finding | undefined): ElementNode<V, W> {
  if (node.check ?? node.map)
    throw new TypeError(`Element ${node.name} can have one check only, and it has to be added before the mapping.`);
  return { ...node, check: check as ElementNode['check'] };
}

/** Gives an element another value than its structure has. `write` undoes `read`; both are total. */
export function mapped<V, W, To>(node: ElementNode<V, W>, map: { read(value: V): To; write(value: To): W }): ElementNode<To> {
  if (node.map) throw new TypeError(`Element ${node.name} is mapped already.`);
  return { ...(node as ElementNode), map: map as ElementNode['map'] } as ElementNode<To>;
}
