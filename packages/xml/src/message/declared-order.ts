import type { Decoder } from '../decoding/decoder.ts';
import type { ElementPlan } from '../decoding/plan.ts';
import type { XmlAttributes, XmlHandler } from '../reading/handler.ts';

interface Element {
  readonly name: string;
  readonly attributes: XmlAttributes;
  /** How many attributes there are. */
  readonly count: number;
  /** Which start tag of the document this is, from 1. */
  readonly ordinal: number;
  /** Elements and texts in their order. */
  readonly content: (Element | string)[];
}

/** An element that is being handed on. */
interface HandedOn {
  readonly name: string;
  readonly plan: ElementPlan | undefined;
  readonly path: string;
  readonly children: readonly (Element | string)[];
  /** The child or text that comes next. */
  next: number;
  /** How many children of each name were handed on. */
  readonly counts: Map<string, number>;
}

/**
 * Hands a document on in the order of its declaration, whatever order the children of an element stand in. Children whose order means
 * something keep it: those of one name, and those of an element in which several names come again and again. The document is handed on
 * when its root has ended.
 */
export class DeclaredOrder implements XmlHandler {
  readonly #plan: ElementPlan;
  readonly #decoder: Decoder;
  readonly #next: XmlHandler;
  readonly #open: Element[] = [];
  #ordinal = 0;
  /** The paths of the elements whose children stood in another order: `Order/Item[2]`. */
  readonly reordered: string[] = [];

  /** `next`: gets the document; the decoder itself, or what stands before it. */
  constructor(plan: ElementPlan, decoder: Decoder, next: XmlHandler) {
    this.#plan = plan;
    this.#decoder = decoder;
    this.#next = next;
  }

  startElement(name: string, attributes: XmlAttributes, _position: unknown, count: number): void {
    this.#ordinal += 1;
    const element: Element = { name, attributes, count, ordinal: this.#ordinal, content: [] };
    this.#open.at(-1)?.content.push(element);
    this.#open.push(element);
  }

  text(text: string): void {
    (this.#open.at(-1) as Element).content.push(text);
  }

  endElement(): void {
    const ended = this.#open.pop() as Element;
    if (this.#open.length === 0) this.#handOn(ended);
  }

  /** Without recursion: how deep a document may be is a setting. */
  #handOn(root: Element): void {
    const stack = [this.#begin(root, root.name === this.#plan.name ? this.#plan : undefined, root.name)];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const child = top.children[top.next];
      if (child === undefined) {
        this.#next.endElement(top.name);
        stack.pop();
        continue;
      }
      top.next += 1;
      if (typeof child === 'string') {
        this.#next.text(child);
        continue;
      }
      const nth = (top.counts.get(child.name) ?? 0) + 1;
      top.counts.set(child.name, nth);
      stack.push(this.#begin(child, planOfChild(top.plan, child.name), `${top.path}/${child.name}${nth > 1 ? `[${nth}]` : ''}`));
    }
  }

  #begin(element: Element, plan: ElementPlan | undefined, path: string): HandedOn {
    const { name, attributes, count, ordinal } = element;
    this.#decoder.comesNext(ordinal);
    this.#next.startElement(name, attributes, notAsked, count);
    return { name, plan, path, children: this.#ordered(element, plan, path), next: 0, counts: new Map() };
  }

  /** Texts of an element come first, but where the order of all that is in it means something. */
  #ordered({ content }: Element, plan: ElementPlan | undefined, path: string): readonly (Element | string)[] {
    if (plan === undefined || plan.tree !== undefined) return content;
    const children = content.filter((each) => typeof each !== 'string');
    const text = content.filter((each) => typeof each === 'string').join('');
    return text === '' ? this.#sorted(children, plan, path) : [text, ...this.#sorted(children, plan, path)];
  }

  #sorted(children: readonly Element[], plan: ElementPlan, path: string): readonly Element[] {
    const places = placesOf(plan);
    if (places === undefined) return children;
    const placeOf = ({ name }: Element): number => places.get(name) ?? Number.POSITIVE_INFINITY;
    const known = children.filter(({ name }) => places.has(name)).map(placeOf);
    if (known.every((place, index) => index === 0 || place >= (known[index - 1] as number))) return children;
    this.reordered.push(path);
    return children.toSorted((one, other) => compare(placeOf(one), placeOf(other)));
  }
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one - other;
}

/** The place of each name among the children. Undefined where the order of children means something, or a name has two places. */
function placesOf({ positions }: ElementPlan): ReadonlyMap<string, number> | undefined {
  const places = new Map<string, number>();
  let before: string | undefined;
  for (const { name, index, path } of positions) {
    if (path.some(({ list }) => list) || (before !== name && places.has(name))) return undefined;
    if (!places.has(name)) places.set(name, index);
    before = name;
  }
  return places;
}

function planOfChild(plan: ElementPlan | undefined, name: string): ElementPlan | undefined {
  return plan?.positions.find((position) => position.name === name)?.plan;
}

function notAsked(): never {
  throw new TypeError('Places are told by the number of the start tag.');
}
