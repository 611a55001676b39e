import type { Field, Part } from '../incoming/mail-tree.ts';
import { withoutComments } from '../incoming/parts/parameters.ts';
import type { Reported, ReportedKind } from './classified.ts';
import { codesIn, saysNothing, statusIn } from './parts/codes.ts';
import { fieldGroupsIn } from './parts/field-groups.ts';
import { hardnessOf } from './parts/hardness.ts';
import { addressOfType, originalAddress } from './parts/typed-address.ts';

export function isDeliveryStatus({ type }: Part): boolean {
  return type === 'message/delivery-status' || type === 'message/global-delivery-status';
}

/** What the machine-readable part of a delivery report says (RFC 3464, RFC 6533). */
export interface DeliveryStatus {
  /** Of the mail as a whole, and of recipients that nobody can tell apart from it. */
  readonly fields: readonly Field[];
  /** One that is not named, or not by an address, has an empty one. */
  readonly recipients: readonly Reported[];
}

/** `wordsFor` gives what the text for people says beside an address, where it does. */
export function readDeliveryStatus(part: Part, wordsFor: (address: string) => string | undefined): DeliveryStatus {
  const groups = wholeGroups(part, fieldGroupsIn(part.bytes).flatMap(oneRecipientEach));
  return {
    fields: groups.flat().filter(({ name }) => !aboutRecipients.has(name)),
    recipients: groups.flatMap((group) => recipientOf(group, wordsFor) ?? []),
  };
}

/** Of a mail that ends within this part, the last group counts only if it says all that decides: half a word could turn its meaning. */
function wholeGroups(part: Part, groups: readonly (readonly Field[])[]): readonly (readonly Field[])[] {
  if (!part.marks.includes('cut-short')) return groups;
  const names = new Set(groups.at(-1)?.map(({ name }) => name));
  const isWhole = part.bytes.at(-1) === 0x0a && ['final-recipient', 'action', 'status'].every((name) => names.has(name));
  return isWhole ? groups : groups.slice(0, -1);
}

/** Fields that a recipient has once. */
const aboutRecipients: ReadonlySet<string> = new Set(['original-recipient', 'final-recipient', 'action', 'status']);

/** Some leave out the empty line between recipients. */
function oneRecipientEach(group: readonly Field[]): readonly (readonly Field[])[] {
  const groups: Field[][] = [[]];
  let seen = new Set<string>();
  for (const field of group) {
    if (seen.has(field.name)) {
      groups.push([]);
      seen = new Set();
    }
    if (aboutRecipients.has(field.name)) seen.add(field.name);
    groups.at(-1)?.push(field);
  }
  return groups;
}

function recipientOf(group: readonly Field[], wordsFor: (address: string) => string | undefined): Reported | undefined {
  const valueOf = (name: string) => group.find((field) => field.name === name)?.value;
  const final = addressOfType(valueOf('final-recipient') ?? '');
  if (!group.some(({ name }) => name === 'action' || name === 'final-recipient' || name === 'original-recipient')) return undefined;
  const address = originalAddress(valueOf('original-recipient') ?? '', final) ?? final ?? '';
  const status = statusIn(valueOf('status'));
  const diagnostic = spoken(valueOf('diagnostic-code'));
  const action = firstWord(valueOf('action'));
  const kind = kindOf(action, status);
  const said = { address, ...(final !== undefined && final.toLowerCase() !== address.toLowerCase() && { final }) };
  const told = { ...(action !== undefined && { action }), ...(diagnostic !== undefined && { diagnostic }) };
  if (kind !== 'failed') {
    const better = saysNothing(status) ? (codesIn(diagnostic ?? '').enhanced ?? status) : status;
    return { ...said, kind, ...(better !== undefined && { status: better }), ...told };
  }
  // The words are of use only where the fields do not tell: they may speak of other recipients and of other commands.
  const words = diagnostic === undefined && saysNothing(status) ? wordsFor(final ?? address) : undefined;
  const { status: decided, ...hardness } = hardnessOf({ diagnostic, status, words });
  const inWords = diagnostic === undefined && words !== undefined ? { diagnostic: words } : {};
  return { ...said, ...hardness, ...(decided !== undefined && { status: decided }), ...inWords, ...told };
}

/** `smtp; 550 …`: what stands before the semicolon is the kind of code. */
function spoken(code: string | undefined): string | undefined {
  const text = code?.replace(/^\s*[\w.-]{1,40}\s*;/, '').trim();
  return text === '' ? undefined : text;
}

function firstWord(action: string | undefined): string | undefined {
  return /^[a-z-]+/.exec(
    withoutComments(action ?? '')
      .trim()
      .toLowerCase(),
  )?.[0];
}

/** An action that is missing or unknown follows from the status: 4 means that nothing is decided. */
function kindOf(action: string | undefined, status: string | undefined): 'failed' | ReportedKind {
  if (action === 'failed') return 'failed';
  if (action === 'delayed') return 'delayed';
  if (action === 'delivered' || action === 'relayed' || action === 'expanded') return 'delivered';
  if (status?.startsWith('2')) return 'delivered';
  return status?.startsWith('4') ? 'delayed' : 'failed';
}
