import { type Allowed, allowedIn, Output } from '../content/output.ts';
import { formOf } from '../fields/form-of.ts';
import type { Physical } from '../fields/physical.ts';
import { checkLayout, fault } from '../layout/check.ts';
import type { Choice, Field, Group, Item, Layout, Occurs } from '../layout/layout.ts';
import { isMisfit } from '../misfit.ts';
import { findBefore, findInside } from './deciding.ts';
import type { ChoiceNode, FieldNode, GroupNode, Node, Pick, RecordPlan, Times } from './nodes.ts';
import { mostOf, sizeOf } from './nodes.ts';
import { pathOf, type RecordItem } from './record-item.ts';

/** Throws WB_RECORD_LAYOUT for whatever is wrong in the layout, or cannot be written in these bytes. */
export function planRecord(layout: Layout, physical: Physical): RecordPlan {
  checkLayout(layout);
  const planning = new Planning(physical);
  const root = planning.root(layout);
  if (mostOf(root) === 0) throw fault(layout.name, 'has no units at all');
  return { root, items: planning.items, slots: planning.slots };
}

type Growing = { -readonly [Key in keyof RecordItem]: RecordItem[Key] } & { children: Map<string, RecordItem> };

/** Plans the records of one format; several layouts may share it, so that ids and slots are told apart. */
export class Planning {
  readonly items: RecordItem[] = [];
  slots = 0;
  readonly #physical: Physical;
  readonly #allowed: Allowed;
  /** What stands before, in the groups around: the innermost last. */
  #scopes: readonly (readonly Node[])[] = [];
  #isAtEnd = false;

  constructor(physical: Physical) {
    this.#physical = physical;
    this.#allowed = allowedIn(physical.page, '');
  }

  root(layout: Layout): GroupNode {
    const item = this.item(layout.name, 'group', undefined, layout);
    return { kind: 'group', item, times: undefined, nodes: this.nodes(layout.items, item) };
  }

  /** What a segment of an item holds. */
  segment(layout: Layout, item: RecordItem): GroupNode {
    checkLayout(layout);
    this.#isAtEnd = false;
    return { kind: 'group', item, times: undefined, nodes: this.nodes(layout.items, item) };
  }

  /** Makes an item known to its parent. */
  item(
    name: string,
    kind: RecordItem['kind'],
    parent: RecordItem | undefined,
    declared: RecordItem['declared'],
    is: { readonly repeats?: boolean; readonly alternative?: boolean; readonly tagged?: boolean } = {},
  ): RecordItem {
    const { repeats = false, alternative = false, tagged = false } = is;
    const depth = (parent?.depth ?? 0) + (repeats ? 1 : 0);
    const made: Growing = { id: this.items.length, name, kind, parent, repeats, alternative, tagged, depth, children: new Map(), declared };
    (parent as Growing | undefined)?.children.set(name, made);
    this.items.push(made);
    return made;
  }

  nodes(items: readonly Item[], parent: RecordItem): readonly Node[] {
    const nodes: Node[] = [];
    const outer = this.#scopes;
    this.#scopes = [...outer, nodes];
    for (const item of items) {
      if (this.#isAtEnd) throw fault(pathOf(parent), 'has something behind a table that goes on to the end of the record');
      nodes.push(this.#node(item, parent));
    }
    this.#scopes = outer;
    return nodes;
  }

  #node(item: Item, parent: RecordItem): Node {
    if ('alternatives' in item) return this.#choice(item, parent);
    const times = item.occurs === undefined ? undefined : this.#times(item.occurs, parent, 'name' in item ? item.name : 'filler');
    const node: Node =
      'filler' in item ? { kind: 'filler', times, width: item.filler } : this.#named(item, parent, times, { repeats: times !== undefined });
    if (times?.kind === 'end') this.#endsWith(node, parent);
    return node;
  }

  #endsWith(node: Node, parent: RecordItem): void {
    const once = sizeOf({ ...node, times: undefined } as Node);
    if (once === undefined || once === 0)
      throw fault(pathOf(parent), 'has a table up to the end of the record whose entries have no fixed size');
    this.#isAtEnd = true;
  }

  #named(item: Field | Group, parent: RecordItem, times: Times | undefined, is: Parameters<Planning['item']>[4]): FieldNode | GroupNode {
    if (!('items' in item)) return this.#field(item, parent, times, is);
    const own = this.item(item.name, 'group', parent, item, is);
    return { kind: 'group', item: own, times, nodes: this.nodes(item.items, own) };
  }

  #field(declared: Field, parent: RecordItem, times: Times | undefined, is: Parameters<Planning['item']>[4]): FieldNode {
    const item = this.item(declared.name, 'field', parent, declared, is);
    const form = formOf(declared, this.#physical);
    if (typeof form === 'string') throw fault(pathOf(item), form);
    const { value, required = false, secret = false } = declared;
    const constant = value === undefined || value === '' ? value : form.normal(value);
    if (isMisfit(constant)) throw fault(pathOf(item), `has a constant that ${constant.says}`);
    const wrong =
      constant === undefined ? undefined : form.write(constant, new Output(this.#physical.page, this.#physical.unit, this.#allowed));
    if (constant !== '' && wrong !== undefined) throw fault(pathOf(item), `has a constant, and ${wrong.says}`);
    if (constant === '' && !form.canBeBlank) throw fault(pathOf(item), 'is always blank, and its type cannot be');
    const length = 'length' in declared && typeof declared.length === 'object' ? declared.length : undefined;
    const by = length === undefined ? undefined : this.#deciding(length.in, item);
    return {
      kind: 'field',
      item,
      times,
      form,
      length: by === undefined ? undefined : { by, max: length?.max ?? 0 },
      constant,
      required,
      secret,
      slot: -1,
      counts: false,
    };
  }

  #times(occurs: Occurs, parent: RecordItem, name: string): Times {
    if (occurs === 'end') return { kind: 'end' };
    if (typeof occurs === 'number') return { kind: 'fixed', count: occurs };
    const { depending, min = 0, max } = occurs;
    return { kind: 'depending', by: this.#deciding(depending, parent, name), min, max };
  }

  /** A number before the item that says how many, or how long. */
  #deciding(name: string, item: RecordItem, about = ''): FieldNode {
    const path = about === '' ? pathOf(item) : `${pathOf(item)}/${about}`;
    const by = findBefore(name, this.#scopes);
    if (typeof by === 'string') throw fault(path, `depends on ${name}, ${by}`);
    const { type = 'text', decimals = 0 } = by.item.declared as { type?: string; decimals?: number };
    if (decimals !== 0 || !['number', 'zoned', 'packed', 'binary'].includes(type)) {
      throw fault(path, `depends on ${name}, which is no whole number`);
    }
    by.counts = true;
    return this.#kept(by);
  }

  #kept(node: FieldNode): FieldNode {
    if (node.slot < 0) node.slot = this.slots++;
    return node;
  }

  #choice(choice: Choice, parent: RecordItem): ChoiceNode {
    let endsRecord = false;
    const alternatives = choice.alternatives.map(({ item }) => {
      this.#isAtEnd = false;
      const times = item.occurs === undefined ? undefined : this.#times(item.occurs, parent, item.name);
      const node = this.#named(item, parent, times, { alternative: true, repeats: times !== undefined });
      if (times?.kind === 'end') this.#endsWith(node, parent);
      endsRecord ||= this.#isAtEnd;
      return node;
    });
    this.#isAtEnd = endsRecord;
    const width = choice.padded === false ? undefined : this.#widest(alternatives);
    const items = alternatives.map(({ item }) => item);
    return { kind: 'choice', alternatives, items, width, pick: this.#pick(choice, alternatives, parent) };
  }

  #widest(alternatives: ChoiceNode['alternatives']): number {
    const sizes = alternatives.map(sizeOf);
    const open = sizes.indexOf(undefined);
    if (open >= 0)
      throw fault(pathOf(alternatives[open]!.item), 'is an alternative whose size is not fixed; with `padded: false` it could be');
    return Math.max(...sizes.map(Number));
  }

  #pick({ by, always, alternatives: declared }: Choice, alternatives: ChoiceNode['alternatives'], parent: RecordItem): Pick {
    if (always !== undefined) return { kind: 'always', index: alternatives.findIndex(({ item }) => item.name === always) };
    if (by === undefined) return { kind: 'unsaid' };
    const before = findBefore(by, this.#scopes);
    const inside = typeof before === 'string' ? findInside(by, alternatives) : undefined;
    if (typeof inside === 'string') throw fault(pathOf(parent), `chooses by ${by}, ${inside}`);
    const node = this.#kept(inside?.node ?? (before as FieldNode));
    for (const each of inside?.all ?? []) each.slot = node.slot;
    const of = new Map<string, number>();
    for (const [index, { when = [] }] of declared.entries()) for (const value of when) of.set(normalOf(value, node), index);
    const other = declared.findIndex(({ when }) => when === undefined);
    const rest = { by: node, of, other: other < 0 ? undefined : other };
    return inside === undefined ? { kind: 'before', ...rest } : { kind: 'inside', offset: inside.offset, ...rest };
  }
}

function normalOf(value: string, { form, item }: FieldNode): string {
  const normal = value === '' ? '' : form.normal(value);
  if (isMisfit(normal)) throw fault(pathOf(item), `can never be "${value}": it ${normal.says}`);
  return normal;
}
