import {
  type All,
  conditionOf,
  type Entries,
  type Finish,
  type Group,
  innerNodes,
  type Joined,
  type Node,
  type OneOf,
  ownNodes,
  type Step,
  slotOf,
} from '@waybill/mapping';
import { Problem } from '@waybill/values';
import { attributePlan, constantType, leafPlan, ownText, pickPlan, plan, slotIn, startState, textPlan, treePlan } from './element-plans.ts';
import { AmbiguousContent, type ElementPlan, type Position, type State } from './plan.ts';
import { recordPlan } from './record-plan.ts';

interface Part {
  readonly nullable: boolean;
  readonly first: readonly State[];
  readonly last: readonly State[];
}

/** What is known of a child from what is around it. */
interface Place {
  readonly path: readonly Step[];
  readonly loose: boolean;
  readonly choice: object | undefined;
  readonly says: Position['says'];
}

const nowhere: Place = { path: [], loose: false, choice: undefined, says: undefined };

/** Gives the plans of groups inside of others. */
export interface Plans {
  /** Of a group whose nodes live in an object of its own. */
  own(group: Group): ElementPlan;
  /** Of a group whose nodes live where it does: behind the steps of `before`. */
  outer(group: Group, before: readonly Step[]): ElementPlan;
}

/** Builds the position automaton (Glushkov) of one element's children: linear to read, and it names what was expected. */
export class ContentModel {
  readonly #group: Group;
  readonly #before: readonly Step[];
  readonly #plans: Plans;
  readonly #isOwn: boolean;
  readonly #positions: Position[] = [];
  readonly #finish: Finish[] = [];
  #parts = 0;

  constructor(group: Group, before: readonly Step[], plans: Plans, isOwn: boolean) {
    this.#group = group;
    this.#before = before;
    this.#plans = plans;
    this.#isOwn = isOwn;
  }

  complete(made: (plan: ElementPlan) => void): ElementPlan {
    const group = this.#group;
    const before = this.#before;
    const start = startState();
    const { attributes, text, tree } = ownNodes(group.has, before);
    const complete = plan(group.name, {
      attributes: attributes.map(attributePlan),
      text: text && ownText(text),
      ignoresText: group.has.some((node) => node.kind === 'ignored' && node.name === '.'),
      own: this.#isOwn,
      tree: tree && treePlan(tree),
      converts: group.converts,
      start,
      positions: this.#positions,
      finish: this.#finish,
      check: group.check,
      sets: group.sets ?? [],
    });
    // Before its children are looked at, since an element can contain itself.
    made(complete);
    this.#addConditions(group.has, before);
    const part = this.#sequence(group.has, { ...nowhere, path: before });
    start.accepts = part.nullable;
    for (const to of part.first) this.#link(start, to, -1);
    for (const state of part.last) state.accepts = true;
    return complete;
  }

  #addConditions(nodes: readonly Node[], before: readonly Step[]): void {
    for (const node of nodes) {
      const condition = node.kind === 'leaf' ? conditionOf(node, before) : undefined;
      if (condition !== undefined) this.#finish.push(condition);
    }
  }

  #sequence(nodes: readonly Node[], place: Place): Part {
    return this.#sequenceOf(innerNodes(nodes).map((node) => this.#node(node, place)));
  }

  #node(node: Node, place: Place): Part {
    const { path } = place;
    switch (node.kind) {
      case 'leaf':
        return this.#element(node, leafPlan(node.name, textPlan(node.as, { slot: slotOf(path, node.to, node.occurs.max > 1) })), place);
      case 'same':
        return this.#element(node, leafPlan(node.name, textPlan(node.as, { same: node.path })), place);
      case 'constant':
        return this.#element(
          node,
          leafPlan(
            node.name,
            textPlan(
              constantType(node.value, (says) => new Problem(says)),
              {},
            ),
          ),
          place,
        );
      case 'ignored':
        return this.#element(node, plan(node.name, { ignoresText: true }), place);
      case 'mark':
        return this.#element(node, plan(node.name, { mark: slotOf(path, node.to) }), place);
      case 'indexed':
        return this.#indexed(node, place);
      case 'pick':
        return this.#element(pickListed(node), pickPlan(node, path), place);
      case 'entries':
        return this.#entries(node, place);
      case 'tree':
        throw new TypeError('A tree is all that is in its element.');
      case 'joined':
        return this.#joined(node, place);
      case 'group':
        return this.#inner(node, place);
      case 'like':
        return this.#inner(node.get(), place);
      case 'all':
        return this.#all(node, place);
      case 'one of':
        return this.#choice(node, place);
    }
  }

  /** An element at a place of the content, repeated where it may be. */
  #element(node: Listed, its: ElementPlan, place: Place, slot?: Position['slot']): Part {
    const { min, max } = node.occurs;
    const position: Position = {
      index: this.#positions.length,
      name: node.name,
      plan: its,
      slot,
      path: place.path,
      list: max > 1,
      max,
      optional: min === 0 && max === 1 && !place.loose,
      choice: place.choice,
      says: place.says,
    };
    this.#positions.push(position);
    const state: State = { position, accepts: false, edges: [] };
    if (max > 1) this.#link(state, state, -1);
    return { nullable: min === 0, first: [state], last: [state] };
  }

  #indexed(node: Extract<Node, { kind: 'indexed' }>, place: Place): Part {
    const parts = node.to.map((to, index) => {
      const its = leafPlan(node.name, textPlan(node.as, { slot: slotOf(place.path, to) }));
      return this.#element({ name: node.name, occurs: { min: index === 0 ? node.occurs.min : 0, max: 1 } }, its, { ...place, loose: true });
    });
    for (const [index, part] of parts.entries()) this.#linkAll(parts[index - 1]?.last ?? [], part.first, -1);
    const [first] = parts;
    return { nullable: node.occurs.min === 0, first: first?.first ?? [], last: parts.flatMap(({ last }) => last) };
  }

  #entries(node: Entries, place: Place): Part {
    return this.#element(node, recordPlan(node), place, slotOf(place.path, node.to));
  }

  #joined(node: Joined, place: Place): Part {
    const parts = node.parts.map(({ name, as, occurs }) => ({ name, as, occurs, part: this.#parts++ }));
    this.#finish.push({ kind: 'join', slot: slotOf(place.path, node.to), parts, join: node.join });
    return this.#sequenceOf(parts.map((each) => this.#element(each, leafPlan(each.name, textPlan(each.as, { part: each.part })), place)));
  }

  #sequenceOf(parts: readonly Part[]): Part {
    let whole: Part = { nullable: true, first: [], last: [] };
    for (const next of parts) {
      this.#linkAll(whole.last, next.first, -1);
      whole = {
        nullable: whole.nullable && next.nullable,
        first: whole.nullable ? [...whole.first, ...next.first] : whole.first,
        last: next.nullable ? [...whole.last, ...next.last] : next.last,
      };
    }
    return whole;
  }

  #inner(group: Group, place: Place): Part {
    const its = group.into === undefined ? this.#plans.outer(group, place.path) : this.#plans.own(group);
    return this.#element(group, its, place, slotIn(place.path, group));
  }

  #all(node: All, place: Place): Part {
    const list = node.occurs.max > 1;
    const steps = (node.into ?? []).map((key, index, all): Step => ({ key, list: list && index === all.length - 1 }));
    const path = [...place.path, ...steps];
    this.#addConditions(node.has, path);
    const part = this.#sequence(node.has, { ...place, path, loose: place.loose || node.into === undefined || list });
    if (list) this.#linkAll(part.last, part.first, path.length - 1);
    return { ...part, nullable: part.nullable || node.occurs.min === 0 };
  }

  #choice(node: OneOf, place: Place): Part {
    const parts = node.branches.map(({ has, when }) =>
      this.#sequence(has, { ...place, loose: true, choice: node, says: when ?? place.says }),
    );
    return {
      nullable: node.occurs.min === 0 || parts.some(({ nullable }) => nullable),
      first: parts.flatMap(({ first }) => first),
      last: parts.flatMap(({ last }) => last),
    };
  }

  #linkAll(from: readonly State[], to: readonly State[], anew: number): void {
    for (const state of from) for (const next of to) this.#link(state, next, anew);
  }

  #link(from: State, to: State, anew: number): void {
    const position = to.position as Position;
    if (from.edges.some(({ name }) => name === position.name)) throw new AmbiguousContent(this.#group, position.name, from.position?.name);
    const counted = position.list && position.max < Number.POSITIVE_INFINITY && anew < 0;
    from.edges.push({ name: position.name, position, to, anew, counted });
  }
}

interface Listed {
  readonly name: string;
  readonly occurs: { readonly min: number; readonly max: number };
}

/** How many there may be of several follows from the places, and the error that says so is the better one. */
function pickListed(node: Extract<Node, { kind: 'pick' }>): Listed {
  const { name, occurs } = node;
  return { name, occurs: occurs.max === 1 ? occurs : { ...occurs, max: Number.POSITIVE_INFINITY } };
}
