import type { CheckedInbound } from '../checked.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Spot } from '../problem.ts';
import { type EntryNode, itemPath, keyPath } from '../read/node.ts';
import { inboundShape } from '../shape/shape.ts';
import { entryFor } from '../values/check-value.ts';
import type { InboundEntry } from './entries/inbound.ts';
import type { OutboundDraft } from './entries/outbound.ts';
import { type Context, hintFor, namedParts, textOf, textsOf } from './section.ts';

/** Undefined: not known which there are. */
export type Outbound = ReadonlyMap<string, OutboundDraft> | undefined;

/** The outbound entry that is meant; undefined where there is none like it. */
export function findOutbound(
  text: string,
  path: string,
  spot: Spot,
  outbound: NonNullable<Outbound>,
  { checking }: Context,
): string | undefined {
  const name = outbound.has(text) ? text : didYouMean(text, outbound.keys());
  if (name === text) return name;
  const hint =
    name === undefined && outbound.size === 0 ? 'Add it to "outbound".' : hintFor(name, [], 'outbound entries', [...outbound.keys()]);
  checking.find('WB_MANIFEST_UNKNOWN_OUTBOUND', `There is no outbound entry "${text}".`, path, spot, hint);
  return name;
}

/** Checks the outbound entries that inbound ones name. */
export function checkNamedOutbound(section: EntryNode | undefined, outbound: Outbound, context: Context): void {
  if (outbound === undefined) return;
  const keys = Object.keys(inboundShape.properties);
  for (const { node, path } of namedParts(section, 'inbound', context.checking.fork())) {
    if (node.kind !== 'object') continue;
    const [feeds, errorsTo] = [entryFor(node, 'feeds', keys), entryFor(node, 'errorsTo', keys)];
    for (const { text, index, spot } of textsOf(feeds?.value))
      findOutbound(text, itemPath(keyPath(path, feeds?.key ?? ''), index), spot, outbound, context);
    const copy = textOf(errorsTo);
    if (errorsTo && copy !== undefined) findOutbound(copy, keyPath(path, errorsTo.key), errorsTo.value.spot, outbound, context);
  }
}

/** The entries with the outbound entry that gets copies of what they park; one that is not enabled gets none. */
export function withErrorsTo(inbound: readonly InboundEntry[], outbound: Outbound): readonly CheckedInbound[] {
  return inbound.map(({ errorsTo, ...entry }) => {
    const draft = errorsTo === undefined ? undefined : outbound?.get(errorsTo);
    return { ...entry, errorsTo: draft?.enabled ? draft.checked : undefined };
  });
}
