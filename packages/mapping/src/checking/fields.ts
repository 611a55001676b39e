import type { Group, Node, Path } from '../declaring/nodes.ts';
import { type Filled, type Filling, fillingOf } from './filling.ts';
import type { FieldFinding } from './finding.ts';
import { type Schema, shapeOf } from './shape.ts';
import { objectionTo, objectionToWriting } from './taking.ts';

export interface FieldsToCheck {
  /** What fills the value: the nodes below its root. */
  readonly nodes: readonly Node[];
  /** Of the input of the command, or of the data of the event. */
  readonly schema: Schema;
  /**
   * 'in': the value comes out of the message, so that it needs all that the schema asks for. 'out': the message is written from it, so
   * that all that the schema allows needs a place.
   */
  readonly direction: 'in' | 'out';
  /** What is put into the value, or left out of it, beside the nodes: paths and values. */
  readonly sets?: readonly { readonly path: Path; readonly is: unknown }[] | undefined;
  /** Paths that are left out of the value before it is written, `[]` for the entries of a list: `items[].comment`. 'rest': all that has no place. */
  readonly leavesOut?: readonly string[] | 'rest' | undefined;
}

/** Compares a declaration with the schema of its value: fields that do not exist, are missing, filled twice or of another type. */
export function checkFields({ nodes, schema, direction, sets = [], leavesOut = [] }: FieldsToCheck): readonly FieldFinding[] {
  const checking = new Checking(direction, leavesOut);
  const fixed = sets.map(({ path, is }): Filled => ({ path, node: undefined, given: { kind: 'fixed', is }, sure: true, needed: false }));
  checking.object(nodes, schema, { field: '', node: undefined }, fixed);
  return checking.findings;
}

/** The object in hand. */
interface At {
  readonly field: string;
  readonly node: Node | undefined;
}

class Checking {
  readonly findings: FieldFinding[] = [];
  readonly #direction: 'in' | 'out';
  readonly #leavesOut: readonly string[] | 'rest';
  /** Groups contain themselves. */
  readonly #seen = new Set<readonly Node[]>();

  constructor(direction: 'in' | 'out', leavesOut: readonly string[] | 'rest') {
    this.#direction = direction;
    this.#leavesOut = leavesOut;
  }

  object(nodes: readonly Node[], schema: Schema, at: At, fixed: readonly Filled[] = []): void {
    if (this.#seen.has(nodes)) return;
    this.#seen.add(nodes);
    const filling = fillingOf(nodes);
    const filled = [...fixed, ...filling.filled];
    this.#twice(filling, fixed, at);
    for (const each of filled) this.#field(each, schema, at);
    if (this.#direction === 'out') return this.#places(filled, schema, [], at);
    for (const { path, filled: inner, node } of filling.loose) this.#required(inner, schemaAt(schema, path), path, { ...at, node }, []);
    const loose = filling.loose.map(({ path }) => path.join('.'));
    this.#required(filled, schema, [], at, loose);
  }

  #twice(filling: Filling, fixed: readonly Filled[], at: At): void {
    const again = filling.filled.flatMap((late) => {
      const early = fixed.find(({ path }) => path.every((step, index) => late.path[index] === step));
      return early === undefined ? [] : [[early, late] as const];
    });
    for (const [early, late] of [...filling.twice, ...again]) {
      const field = told(at, late.path);
      const same = late.node !== undefined && early.node === late.node;
      const says = same
        ? `The field ${field} is named twice here.`
        : `The field ${field} is filled by another node already, and both can be there.`;
      this.#find({ kind: 'filled twice', field, says, node: late.node ?? at.node });
    }
  }

  #field(filled: Filled, schema: Schema, at: At): void {
    const { path, node, given } = filled;
    const field = told(at, path);
    let found: Schema = schema;
    for (const [index, step] of path.entries()) {
      const { fields } = shapeOf(found);
      const next = fields.get(step);
      if (next === undefined) {
        // Nothing is said about the object, or its keys are data.
        if (fields.size === 0) return this.#opaque(filled, found, at);
        const says = `There is no field ${told(at, path.slice(0, index + 1))}.`;
        const known = [...fields.keys()].map((name) => told(at, [...path.slice(0, index), name]));
        return this.#find({ kind: 'unknown field', field, says, node: node ?? at.node, known });
      }
      found = next;
    }
    const objection = objectionTo(given, shapeOf(found), found);
    if (objection !== undefined)
      return this.#find({ kind: 'wrong type', field, says: `The field ${field} ${objection}.`, node: node ?? at.node });
    if (this.#direction === 'out') this.#fits(filled, schema, found, at);
    if (given.kind !== 'object') return;
    const inner = given.list ? (shapeOf(found).entries ?? {}) : found;
    this.object(given.has, inner, { field: given.list ? `${field}[]` : field, node });
  }

  /** A path into what a schema says nothing about cannot be checked; into a text it makes no sense. */
  #opaque({ path, node }: Filled, found: Schema, at: At): void {
    const { kinds } = shapeOf(found);
    if (kinds.size === 0 || kinds.has('object')) return;
    const field = told(at, path);
    this.#find({
      kind: 'unknown field',
      field,
      says: `There is no field ${field}: what is before its last dot is no object.`,
      node: node ?? at.node,
    });
  }

  #fits({ given, path, node, needed }: Filled, schema: Schema, found: Schema, at: At): void {
    const field = told(at, path);
    const objection = objectionToWriting(given, shapeOf(found));
    if (objection !== undefined) this.#find({ kind: 'may not fit', field, says: `The field ${field} ${objection}.`, node });
    if (needed && !isRequired(schema, path))
      this.#find({ kind: 'may not fit', field, says: `The message needs ${field}, and the event may be without it.`, node });
  }

  /** What the object needs, and what is below it without being an object of its own. */
  #required(filled: readonly Filled[], schema: Schema, path: Path, at: At, done: readonly string[]): void {
    const { required, fields } = shapeOf(schema);
    for (const name of required) {
      const here = [...path, name];
      const below = filled.filter((each) => startsWith(each.path, here));
      if (below.some(({ sure }) => sure)) continue;
      const field = told(at, here);
      const [first] = below;
      const says =
        first === undefined
          ? `The field ${field} is needed, and no node fills it.`
          : `The field ${field} is needed, and the node that fills it may be missing.`;
      this.#find({ kind: 'missing field', field, says, node: first?.node ?? at.node });
    }
    for (const [name, inner] of fields) {
      const here = [...path, name];
      // An object with nodes of its own is looked at by itself.
      const isMade =
        filled.some((each) => each.path.length > here.length && startsWith(each.path, here)) &&
        !filled.some((each) => each.given.kind === 'object' && startsWith(here, each.path));
      if (isMade && !done.includes(here.join('.'))) this.#required(filled, inner, here, at, done);
    }
  }

  /** Whether all that the object may have can be written, or is left out on purpose. */
  #places(filled: readonly Filled[], schema: Schema, path: Path, at: At): void {
    if (this.#leavesOut === 'rest') return;
    for (const [name, inner] of shapeOf(schema).fields) {
      const here = [...path, name];
      const field = told(at, here);
      if (this.#leavesOut.includes(field) || filled.some((each) => startsWith(here, each.path))) continue;
      if (filled.some((each) => startsWith(each.path, here))) {
        this.#places(filled, inner, here, at);
        continue;
      }
      this.#find({ kind: 'no place', field, says: `The message has no place for ${field}, which the event may have.`, node: at.node });
    }
  }

  #find(finding: Omit<FieldFinding, 'known'> & { readonly known?: readonly string[] }): void {
    this.findings.push({ known: [], ...finding });
  }
}

function told({ field }: At, path: Path): string {
  return [field, ...path].filter((each) => each !== '').join('.');
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((step, index) => path[index] === step);
}

function schemaAt(schema: Schema, path: Path): Schema {
  return path.reduce<Schema>((found, step) => shapeOf(found).fields.get(step) ?? {}, schema);
}

function isRequired(schema: Schema, path: Path): boolean {
  return path.every((step, index) => shapeOf(schemaAt(schema, path.slice(0, index))).required.has(step));
}

/** The nodes that fill the value at `path` from the root, where groups lead there: those of the frame are left behind. */
export function nodesOf(root: Group, path: Path): readonly Node[] {
  return path.length === 0
    ? root.has
    : fillingOf(root.has).filled.flatMap(({ path: to, given }) =>
        given.kind === 'object' && to.join('.') === path.join('.') ? given.has : [],
      );
}
