import {
  conditionOf,
  type Entries,
  type Finish,
  type Group,
  type Leaf,
  type Node,
  type Placed,
  type Slot,
  type Step,
  slotOf,
} from '@waybill/mapping';
import type { AnyTextType } from '@waybill/values';
import type { EntryPlan, FieldPlan, GroupPlan } from './plan.ts';

/** The plan of a declaration over records. Throws a `TypeError` for a node that records do not have. */
export function planMapping(root: Group): GroupPlan {
  return new Planner().group(root, [], true);
}

class Planner {
  #parts = 0;

  group(group: Group, before: readonly Step[], own: boolean): GroupPlan {
    const plan: GroupPlan = {
      name: group.name,
      slot: group.into && slotOf(before, group.into, group.occurs.max > 1),
      own,
      fields: new Map(),
      groups: new Map(),
      entry: undefined,
      finish: [],
      check: group.check,
      sets: group.sets ?? [],
    };
    this.#nodes(plan, group.has, own ? [] : before);
    return plan;
  }

  #nodes(plan: GroupPlan, nodes: readonly Node[], before: readonly Step[]): void {
    for (const node of nodes) this.#node(plan, node, before);
  }

  #node(plan: GroupPlan, node: Node, before: readonly Step[]): void {
    switch (node.kind) {
      case 'leaf':
        return this.#leaf(plan, { node, before });
      case 'same':
        return this.#field(plan, node.name, { as: node.as, same: node.path, mandatory: node.occurs.min > 0 });
      case 'constant':
        return this.#field(plan, node.name, { as: undefined });
      case 'ignored':
        return this.#field(plan, node.name, { as: undefined, kept: true });
      case 'joined':
        return this.#joined(plan, node, before);
      case 'group':
        plan.groups.set(node.name, this.group(node, before, node.into !== undefined));
        return;
      case 'entries':
        plan.groups.set(node.name, this.#entries(node, before));
        return;
      case 'all':
        if (node.occurs.max > 1) break;
        return this.#nodes(plan, node.has, [...before, ...(node.into ?? []).map((key): Step => ({ key, list: false }))]);
      case 'one of':
        for (const { has } of node.branches) this.#nodes(plan, has, before);
        return;
      case 'indexed':
      case 'mark':
      case 'pick':
      case 'tree':
      case 'like':
    }
    throw new TypeError(`${plan.name}: records have no node of the kind "${node.kind}".`);
  }

  #leaf(plan: GroupPlan, { node, before }: Placed<Leaf>): void {
    const slot = slotOf(before, node.to, node.occurs.max > 1);
    this.#field(plan, node.name, { as: node.as, slot, preset: node.preset, mandatory: node.occurs.min > 0 && node.preset === undefined });
    const condition = conditionOf(node, before);
    if (condition !== undefined) plan.finish.push(condition);
  }

  #joined(plan: GroupPlan, node: Extract<Node, { readonly kind: 'joined' }>, before: readonly Step[]): void {
    const parts = node.parts.map(({ name, as, occurs }) => {
      const part = this.#parts++;
      this.#field(plan, name, { as, part, mandatory: occurs.min > 0 });
      return { part, name };
    });
    plan.finish.push({ kind: 'join', slot: slotOf(before, node.to), parts, join: node.join } satisfies Finish);
  }

  #field(plan: GroupPlan, name: string, more: Omit<Partial<FieldPlan>, 'as'> & { readonly as: AnyTextType | undefined }): void {
    if (plan.fields.has(name)) throw new TypeError(`${plan.name}: the field ${name} is declared twice.`);
    plan.fields.set(name, { slot: undefined, part: undefined, same: undefined, preset: undefined, mandatory: false, kept: false, ...more });
  }

  /** The tag around the entries, whose object is the record. */
  #entries({ name, entry, to, as }: Entries, before: readonly Step[]): GroupPlan {
    if (entry?.text === undefined) throw new TypeError(`${name}: in records an entry has a field for its name and one for its text.`);
    const { by, text, named } = entry;
    const each = groupPlan(entry.name, { entry: { name: by, text, named, as } });
    return groupPlan(name, { slot: slotOf(before, to), own: true, groups: new Map([[entry.name, each]]) });
  }
}

function groupPlan(
  name: string,
  more: { readonly slot?: Slot; readonly own?: boolean; readonly groups?: Map<string, GroupPlan>; readonly entry?: EntryPlan },
): GroupPlan {
  return {
    name,
    slot: undefined,
    own: false,
    fields: new Map(),
    groups: new Map(),
    entry: undefined,
    finish: [],
    check: undefined,
    sets: [],
    ...more,
  };
}
