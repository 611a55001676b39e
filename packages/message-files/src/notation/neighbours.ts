import type { EntryNode, ManifestNode } from '@waybill/manifest';
import type { All, Node, Occurs, Part } from '@waybill/mapping';
import { once, perhaps, wireName } from '@waybill/mapping';
import { joints } from '../texts/joints.ts';
import { textTypeOf } from '../texts/text-types.ts';
import { placeOf } from './field-spec.ts';
import { intoIn, type ReadNodes } from './groups.ts';
import { under } from './problems.ts';
import type { Reading } from './reading.ts';

const occurrences: Readonly<Record<string, Occurs>> = { all: once, 'all?': perhaps, 'all*': { min: 0, max: Number.POSITIVE_INFINITY } };

/** Neighbours without a node of their own: `all: [nodes]`, `all?: { into: totals, has: [nodes] }`, `all*: { into: "lines[]", has: [nodes] }`. */
export function readAll({ key, value, spot }: EntryNode, reading: Reading, readNodes: ReadNodes): readonly Node[] {
  const { problems } = reading;
  const occurs = occurrences[key] as Occurs;
  if (value.kind !== 'object') {
    const has = readNodes(value, reading);
    // Neighbours that are always there are as good as their nodes.
    if (key === 'all') return has;
    if (key === 'all?') return [{ kind: 'all', occurs, has, into: undefined }];
    problems.notation('"all*" needs a list for its objects.', { spot }, 'Write all*: { into: "lines[]", has: […] }.');
    return [];
  }
  problems.keys(value, `"${key}"`, ['into', 'has']);
  const into = intoIn(value, reading);
  const inner = under(value, 'has');
  if (inner === undefined || into === undefined) {
    problems.notation(`"${key}" needs ${inner === undefined ? '"has"' : '"into"'} beside the other.`, { spot });
    return [];
  }
  if (into.list !== occurs.max > 1) {
    problems.notation(`"${key}" ${into.list ? 'is one object, and []' : 'is a list of objects, and no []'} stands behind its field.`, {
      spot,
    });
    return [];
  }
  return [{ kind: 'all', occurs, has: readNodes(inner, reading), into: into.to } satisfies All];
}

/** `one of: [branch, branch]`: a branch is a node, or a list of nodes. */
export function readOneOf({ key, value, spot }: EntryNode, reading: Reading, readNodes: ReadNodes): readonly Node[] {
  if (value.kind !== 'list' || value.items.length < 2) {
    reading.problems.notation(`"${key}" is a list of at least two branches, each a node or a list of nodes.`, { spot });
    return [];
  }
  const branches = value.items.map((item) => ({
    has: readNodes(item.kind === 'list' ? item : { kind: 'list', items: [item], spot: item.spot }, reading),
  }));
  return [{ kind: 'one of', occurs: key === 'one of' ? once : perhaps, branches }];
}

/** `joined: { to: placed, by: day and time, from: ["Day as date8", "Time? as time6"] }`: one value out of several neighbours. */
export function readJoined({ value, spot }: EntryNode, reading: Reading): readonly Node[] {
  const { problems } = reading;
  const node = problems.object(value, '"joined"');
  if (node === undefined) return [];
  problems.keys(node, '"joined"', ['to', 'by', 'from']);
  const text = (key: string): string | undefined => {
    const given = under(node, key);
    return given === undefined ? problems.notation(`"joined" needs "${key}".`, { spot }) : problems.text(given, `"${key}"`);
  };
  const [to, by] = [text('to'), text('by')];
  const from = under(node, 'from');
  if (to === undefined || by === undefined || from === undefined) return [];
  const joint = Object.hasOwn(joints, by) ? joints[by] : undefined;
  if (joint === undefined) {
    problems.notation(`Nothing joins texts by "${by}".`, under(node, 'by') as ManifestNode, `Known is ${Object.keys(joints).join(', ')}.`);
    return [];
  }
  const parts = problems.texts(from, 'A part').flatMap((written) => partOf(written, from, reading));
  if (parts.length !== joint.parts) problems.notation(`"${by}" joins ${joint.parts} texts, not ${parts.length}.`, from);
  const place = placeOf(to, under(node, 'to') as ManifestNode, problems);
  if (place === undefined) return [];
  const join = (values: readonly unknown[]): unknown => joint.join(values as readonly (string | undefined)[]);
  return [{ kind: 'joined', to: place.to, parts, join, split: (value) => joint.split(value) }];
}

/** `Time? as time6` */
function partOf(written: string, at: ManifestNode, reading: Reading): readonly Part[] {
  const { problems, format, widths } = reading;
  const [, spec = '', type = ''] = /^(\S+(?: \d+)?[?]?)\s+as\s+(.+)$/.exec(written.trim()) ?? [];
  const named = spec === '' ? { objection: 'is not of the form "Name as type"' } : format.nameOf(wireName(spec).name);
  const objection = 'objection' in named ? named.objection : wireName(spec).occurs.max > 1 ? 'may occur more than once' : undefined;
  if (objection !== undefined || 'objection' in named) {
    problems.notation(`"${written}" ${objection}.`, at);
    return [];
  }
  const { name, width } = named;
  const as = textTypeOf(type, at, reading, { width });
  if (as === undefined) return [];
  const part: Part = { name, occurs: wireName(spec).occurs, as };
  if (width !== undefined) widths.fields.set(part, width);
  return [part];
}
