import { type Attribute, type ElementNode, element, type Node, type Single } from './declare.ts';
import type { AnyTextType } from './text.ts';

/** How a declared element is read: the declaration made into a small state machine, once. */
export interface ElementPlan {
  readonly node: ElementNode;
  readonly attributes: readonly AttributePlan[];
  /** Set where the element holds text that means something. */
  readonly text: AnyTextType | undefined;
  readonly ignoresText: boolean;
  /** The way to a child of any name, where the element takes such. */
  readonly other: ((name: string) => Edge) | undefined;
  readonly content: 'nothing' | 'text' | 'object';
  /** True: nothing but text, so that reading it takes no bookkeeping. */
  readonly leaf: boolean;
  readonly start: State;
  readonly positions: readonly Position[];
}

export interface AttributePlan {
  readonly key: string;
  readonly name: string;
  readonly declared: Attribute;
}

/** A place in the content model, and where its value goes: through the groups of `path`, then under `key`. */
export interface Position {
  readonly index: number;
  readonly name: string;
  readonly plan: () => ElementPlan;
  readonly path: readonly Step[];
  readonly key: string;
  readonly list: boolean;
  readonly max: number;
  /** What cannot vary has no value: it is left out, or `true` where it could be missing. */
  readonly keeps: 'value' | 'true' | 'nothing';
}

/** A choice or sequence inside the content: an object under `key`, or a list of them. One object per group. */
export interface Step {
  readonly key: string;
  readonly list: boolean;
}

/** What may come next, after the child at `position` (undefined: before the first child). */
export interface State {
  readonly position: Position | undefined;
  accepts: boolean;
  readonly edges: Edge[];
}

export interface Edge {
  readonly name: string;
  readonly position: Position;
  readonly to: State;
  /** The step of the path whose list gets a new entry here; -1: none. */
  readonly anew: number;
  /** True: the number of values has to be looked at before this way is taken. */
  readonly counted: boolean;
}

interface Part {
  readonly nullable: boolean;
  readonly first: readonly State[];
  readonly last: readonly State[];
}

interface Place {
  readonly path: readonly Step[];
  readonly key: string;
  readonly list: boolean;
  readonly max: number;
  readonly loose: boolean;
}

const plans = new WeakMap<ElementNode, ElementPlan>();

/** The plan of a declaration, made at the first call. Throws a `TypeError` when the content model is ambiguous. */
export function planOf(node: ElementNode): ElementPlan {
  const known = plans.get(node);
  if (known !== undefined) return known;
  const plan = new ContentModel(node).plan();
  plans.set(node, plan);
  return plan;
}

/** Edges to text elements of any name, each of which may come once. */
function edgesTo(text: AnyTextType, back: State): (name: string) => Edge {
  return (name) => {
    const plan = planOf(element(name, text));
    const position: Position = { index: 0, name, plan: () => plan, path: [], key: name, list: false, max: 1, keeps: 'value' };
    return { name, position, to: back, anew: -1, counted: true };
  };
}

/** True when nothing in the element can vary, so that it has no value. */
export function isNothing(node: ElementNode): boolean {
  return (
    node.map === undefined &&
    node.others === undefined &&
    (node.text === undefined || node.text === 'ignored') &&
    Object.values(node.attributes).every(({ presence }) => presence === 'fixed') &&
    Object.values(node.children).every((child) => child.kind === 'element' && isNothing(child))
  );
}

/** The element behind a reference that is resolved late. */
export function resolved(node: Single): Exclude<Single, { kind: 'lazy' }> {
  return node.kind === 'lazy' ? node.get() : node;
}

/** Builds the position automaton (Glushkov) of one element's children: linear to read, and it names what was expected. */
class ContentModel {
  readonly #node: ElementNode;
  readonly #positions: Position[] = [];

  constructor(node: ElementNode) {
    this.#node = node;
  }

  plan(): ElementPlan {
    const { attributes, children, text } = this.#node;
    const part = this.#sequence(children, []);
    const start: State = { position: undefined, accepts: part.nullable, edges: [] };
    for (const to of part.first) this.#link(start, to, -1);
    for (const state of part.last) state.accepts = true;
    const typed = text === 'ignored' ? undefined : text;
    const varies = Object.values(attributes).some(({ presence }) => presence !== 'fixed');
    return {
      node: this.#node,
      attributes: Object.entries(attributes).map(([key, declared]) => ({ key, name: declared.name, declared })),
      text: typed,
      ignoresText: text === 'ignored',
      other: this.#node.others && edgesTo(this.#node.others, start),
      content: isNothing(this.#node) ? 'nothing' : typed !== undefined && !varies ? 'text' : 'object',
      leaf: typed !== undefined && Object.keys(attributes).length === 0 && this.#node.check === undefined && this.#node.map === undefined,
      start,
      positions: this.#positions,
    };
  }

  #sequence(children: Readonly<Record<string, Node>>, path: readonly Step[]): Part {
    let whole: Part = { nullable: true, first: [], last: [] };
    for (const [key, child] of Object.entries(children)) {
      const next = this.#part(child, { path, key, list: false, max: 1, loose: false });
      this.#linkAll(whole.last, next.first, -1);
      whole = {
        nullable: whole.nullable && next.nullable,
        first: whole.nullable ? [...whole.first, ...next.first] : whole.first,
        last: next.nullable ? [...whole.last, ...next.last] : next.last,
      };
    }
    return whole;
  }

  #part(node: Node, place: Place): Part {
    switch (node.kind) {
      case 'optional':
        return { ...this.#part(node.of, { ...place, loose: true }), nullable: true };
      case 'many':
        return this.#many(node.of, node.min, { ...place, list: true, max: node.max, loose: true });
      case 'choice':
        return this.#choice(node.branches, [...place.path, { key: place.key, list: place.list }]);
      case 'sequence':
        return this.#sequence(node.children, [...place.path, { key: place.key, list: place.list }]);
      case 'element':
        return this.#element(node.name, node, () => node, place);
      case 'lazy':
        return this.#element(node.get().name, undefined, node.get, place);
    }
  }

  #many(of: Single, min: number, place: Place): Part {
    const part = this.#part(of, place);
    const { kind } = resolved(of);
    this.#linkAll(part.last, part.first, kind === 'element' ? -1 : place.path.length);
    return { ...part, nullable: part.nullable || min === 0 };
  }

  #choice(branches: Readonly<Record<string, Node>>, path: readonly Step[]): Part {
    const parts = Object.entries(branches).map(([key, branch]) => this.#part(branch, { path, key, list: false, max: 1, loose: true }));
    return {
      nullable: parts.some(({ nullable }) => nullable),
      first: parts.flatMap(({ first }) => first),
      last: parts.flatMap(({ last }) => last),
    };
  }

  #element(name: string, node: ElementNode | undefined, get: () => ElementNode, place: Place): Part {
    const { path, key, list, max, loose } = place;
    const nothing = node !== undefined && isNothing(node);
    let plan: ElementPlan | undefined;
    const position: Position = {
      index: this.#positions.length,
      name,
      plan: () => (plan ??= planOf(get())),
      path,
      key,
      list,
      max,
      keeps: nothing ? (loose ? 'true' : 'nothing') : 'value',
    };
    this.#positions.push(position);
    const state: State = { position, accepts: false, edges: [] };
    return { nullable: false, first: [state], last: [state] };
  }

  #linkAll(from: readonly State[], to: readonly State[], anew: number): void {
    for (const state of from) for (const next of to) this.#link(state, next, anew);
  }

  #link(from: State, to: State, anew: number): void {
    const position = to.position as Position;
    if (from.edges.some(({ name }) => name === position.name))
      throw new TypeError(
        `Element ${this.#node.name}: after ${from.position?.name ?? 'its start tag'}, ${position.name} could be two things.`,
      );
    const counted = position.list && position.max < Number.POSITIVE_INFINITY && anew < 0;
    from.edges.push({ name: position.name, position, to, anew, counted });
  }
}
