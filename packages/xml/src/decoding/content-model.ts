import { element } from '../declaring/combinators.ts';
import { isNothing, resolved } from '../declaring/content.ts';
import type { ElementNode, Node, Single } from '../declaring/nodes.ts';
import type { AnyTextType } from '../values/text.ts';
import type { Edge, ElementPlan, Position, State, Step } from './plan.ts';

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
  readonly optional: boolean;
}

/** The place of what occurs once. */
const single = { list: false, max: 1, optional: false } as const;

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
    const position: Position = {
      index: 0,
      name,
      plan: () => plan,
      path: [],
      key: name,
      list: false,
      max: 1,
      optional: false,
      keeps: 'value',
    };
    return { name, position, to: back, anew: -1, counted: true };
  };
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
      const next = this.#part(child, { ...single, path, key, loose: false });
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
        return { ...this.#part(node.of, { ...place, loose: true, optional: true }), nullable: true };
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
    const parts = Object.entries(branches).map(([key, branch]) => this.#part(branch, { ...single, path, key, loose: true }));
    return {
      nullable: parts.some(({ nullable }) => nullable),
      first: parts.flatMap(({ first }) => first),
      last: parts.flatMap(({ last }) => last),
    };
  }

  #element(name: string, node: ElementNode | undefined, get: () => ElementNode, place: Place): Part {
    const { path, key, list, max, loose, optional } = place;
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
      optional,
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
