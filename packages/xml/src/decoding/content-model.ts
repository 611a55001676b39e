import type { AnyTextType } from '@waybill/values';
import { element } from '../declaring/combinators.ts';
import { isNothing, resolved } from '../declaring/content.ts';
import type { ElementNode, Node, Single } from '../declaring/nodes.ts';
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

/**
 * The plan of a declaration and of everything in it, made at the first call. Throws a `TypeError` when a content model is
 * ambiguous.
 */
export function planOf(node: ElementNode): ElementPlan {
  const made = new Map<ElementNode, ElementPlan>();
  const plan = planAmong(made, node);
  // Plans refer to each other, so they are kept only when all of them are complete.
  for (const [each, its] of made) plans.set(each, its);
  return plan;
}

function planAmong(made: Map<ElementNode, ElementPlan>, node: ElementNode): ElementPlan {
  return plans.get(node) ?? made.get(node) ?? new ContentModel(node, made).complete();
}

/** Edges to text elements of any name, each of which may come once. */
function edgesTo(text: AnyTextType, back: State): (name: string) => Edge {
  return (name) => {
    const position: Position = {
      index: 0,
      name,
      plan: planOf(element(name, text)),
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
  readonly #made: Map<ElementNode, ElementPlan>;
  readonly #positions: Position[] = [];

  constructor(node: ElementNode, made: Map<ElementNode, ElementPlan>) {
    this.#node = node;
    this.#made = made;
  }

  complete(): ElementPlan {
    const start: State = { position: undefined, accepts: false, edges: [] };
    const plan = this.#planFrom(start);
    // Before its children are looked at, since an element can contain itself.
    this.#made.set(this.#node, plan);
    const part = this.#sequence(this.#node.children, []);
    start.accepts = part.nullable;
    for (const to of part.first) this.#link(start, to, -1);
    for (const state of part.last) state.accepts = true;
    return plan;
  }

  #planFrom(start: State): ElementPlan {
    const { attributes, text, others, check, map } = this.#node;
    const typed = text === 'ignored' ? undefined : text;
    const varies = Object.values(attributes).some(({ presence }) => presence !== 'fixed');
    return {
      node: this.#node,
      attributes: Object.entries(attributes).map(([key, declared]) => ({ key, name: declared.name, declared })),
      text: typed,
      ignoresText: text === 'ignored',
      other: others && edgesTo(others, start),
      content: isNothing(this.#node) ? 'nothing' : typed !== undefined && !varies ? 'text' : 'object',
      leaf: typed !== undefined && Object.keys(attributes).length === 0 && check === undefined && map === undefined,
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
        return this.#element(node, isNothing(node), place);
      case 'lazy':
        return this.#element(node.get(), false, place);
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

  #element(node: ElementNode, nothing: boolean, { path, key, list, max, loose, optional }: Place): Part {
    const position: Position = {
      index: this.#positions.length,
      name: node.name,
      plan: planAmong(this.#made, node),
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
        `Element ${this.#node.name} is ambiguous: after ${from.position?.name ?? 'its start tag'}, ${position.name} could be either of two children.`,
      );
    const counted = position.list && position.max < Number.POSITIVE_INFINITY && anew < 0;
    from.edges.push({ name: position.name, position, to, anew, counted });
  }
}
