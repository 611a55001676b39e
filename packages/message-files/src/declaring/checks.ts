import type { TSchema } from '@waybill/contract';
import { didYouMean, type ManifestNode } from '@waybill/manifest';
import { checkFields, type FieldFinding, type FieldFindingKind, fillingOf, type Group, type Node } from '@waybill/mapping';
import type { FileErrorCode } from '../errors.ts';
import type { Placed, Problems } from '../notation/problems.ts';
import type { Declared, Fixed, LeavesOut } from './declared.ts';

const codes: Readonly<Record<FieldFindingKind, FileErrorCode>> = {
  'unknown field': 'WB_MESSAGE_FILE_UNKNOWN_FIELD',
  'wrong type': 'WB_MESSAGE_FILE_WRONG_TYPE',
  'missing field': 'WB_MESSAGE_FILE_MISSING_FIELD',
  'filled twice': 'WB_MESSAGE_FILE_FILLED_TWICE',
  'no place': 'WB_MESSAGE_FILE_NO_PLACE',
  'may not fit': 'WB_MESSAGE_FILE_MAY_NOT_FIT',
};

interface Sources {
  readonly object: ManifestNode;
  readonly sources: ReadonlyMap<Node, Placed>;
}

interface BodyToCheck extends Sources {
  readonly schema: TSchema;
  readonly nodes: readonly Node[];
  readonly direction: 'in' | 'out';
  readonly sets: readonly Fixed[];
  readonly leavesOut: LeavesOut;
  /** False: some nodes were not understood, so that nothing is said about what is missing. */
  readonly isWhole: boolean;
}

/** Compares the nodes with the schema of what they fill. */
export function checkBody(body: BodyToCheck, problems: Problems): void {
  const { schema, object, sources, isWhole } = body;
  const findings = checkFields({ ...body, schema: { ...schema } });
  const misspelt = findings.flatMap((finding) => meantBy(finding) ?? []);
  for (const finding of findings) {
    const at = (finding.node && sources.get(finding.node)) ?? object;
    // What was not understood, or is misspelt, may be what fills the field.
    const isMissing = finding.kind === 'missing field' || finding.kind === 'no place';
    if (isMissing && (!isWhole || misspelt.includes(finding.field))) continue;
    if (finding.kind === 'may not fit') problems.warn(codes[finding.kind], finding.says, at);
    else problems.find(codes[finding.kind], finding.says, at, hintFor(finding));
  }
}

function hintFor(finding: FieldFinding): string | undefined {
  const { kind, field, known } = finding;
  if (kind === 'no place')
    return `Map a node to it, or write ${field} under "leaves out" (or "leaves out: rest" for all that the message does not tell).`;
  if (kind !== 'unknown field' || known.length === 0) return undefined;
  const names = known.map(lastStep);
  const meant = meantBy(finding);
  if (meant !== undefined) return `Did you mean "${lastStep(meant)}"?`;
  return `The fields there are ${names.slice(0, 24).join(', ')}${names.length > 24 ? ', …' : ''}.`;
}

/** The field that a misspelt one was probably meant to be, by its whole path. */
function meantBy({ kind, field, known }: FieldFinding): string | undefined {
  const [first] = known;
  if (kind !== 'unknown field' || first === undefined) return undefined;
  // What is known stands in one object, and the step that is not known is the one behind its path.
  const before = first.slice(0, first.length - lastStep(first).length);
  const [wrong = ''] = field.slice(before.length).split('.');
  const near = didYouMean(wrong, known.map(lastStep));
  return near === undefined ? undefined : before + near;
}

function lastStep(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** What is repeated has to be there: a text further up, by its path from the root of the input. */
export function checkRepeats(nodes: readonly Node[], sources: Sources['sources'], problems: Problems): void {
  const { filled } = fillingOf(nodes);
  for (const [node, at] of sources) {
    if (node.kind !== 'same') continue;
    const field = node.path.slice(1).join('.');
    if (filled.some(({ path, given }) => given.kind === 'text' && !given.list && path.join('.') === field)) continue;
    problems.find('WB_MESSAGE_FILE_UNKNOWN_FIELD', `${node.name} repeats ${field}, which no text of the message fills.`, at);
  }
}

/** What cannot be told apart while a message is read is found at the later of the two nodes. */
export function checkReading(
  found: { readonly says: string; readonly group: Group; readonly child: string } | undefined,
  { object, sources }: Sources,
  problems: Problems,
): void {
  if (found === undefined) return;
  const named = [...sources].filter(([node]) => 'name' in node && node.name === found.child);
  const inside = named.filter(([node]) => isIn(node, found.group.has));
  const [, at] = (inside.length > 1 ? inside : named).at(-1) ?? [undefined, object];
  problems.find('WB_MESSAGE_FILE_AMBIGUOUS', found.says, at);
}

function isIn(node: Node, nodes: readonly Node[]): boolean {
  return nodes.some((each) => {
    if (each === node) return true;
    if (each.kind === 'all') return isIn(node, each.has);
    return each.kind === 'one of' && each.branches.some(({ has }) => isIn(node, has));
  });
}

/** Messages that begin alike could be either. */
export function checkBeginnings(messages: readonly Declared[], problems: Problems): void {
  for (const [index, late] of messages.entries()) {
    const twin = messages.slice(0, index).find((early) => early !== late && alike(early, late));
    if (twin === undefined) continue;
    const isSame = twin.type.name === late.type.name && twin.type.version === late.type.version;
    if (isSame)
      problems.find('WB_MESSAGE_FILE_AMBIGUOUS', `The message ${late.type.name} ${late.type.version} is declared twice.`, late.at);
    else
      problems.find(
        'WB_MESSAGE_FILE_AMBIGUOUS',
        `The message begins as ${twin.type.name} ${twin.type.version} does, so that it could be either.`,
        late.at,
        'Give them different roots, versions or verbs (frame: { wcs: { verb: … } }).',
      );
  }
}

function alike(a: Declared, b: Declared): boolean {
  if (a.type.name === b.type.name && a.type.version === b.type.version) return true;
  if (a.format !== b.format) return false;
  const [one, other] = [a.message.marks, b.message.marks];
  return (
    one.root === other.root &&
    one.verb === other.verb &&
    (one.version === other.version || one.version === undefined || other.version === undefined)
  );
}
