import type { MessageTypeRef } from '@waybill/contract';
import { typeName } from '@waybill/contract';
import type { CardMessage, MessagePackCard } from '@waybill/contract/host';
import type { CheckedPlugin } from '../checked.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Plugins } from '../plugins/find-plugins.ts';
import type { Spot } from '../problem.ts';
import { type Context, hintFor } from './section.ts';

export interface KnownMessage {
  readonly message: CardMessage;
  readonly pack: CheckedPlugin<MessagePackCard>;
}

export function knownMessages(plugins: Plugins): readonly KnownMessage[] {
  return plugins.packs.flatMap((pack) => pack.card.messages.map((message) => ({ message, pack })));
}

/**
 * The messages that `Name` or `Name@version` stands for, in one direction. Finds names that no pack knows and messages
 * of the other direction; with a name that was probably misspelt, the check goes on with the one that was meant.
 */
export function findMessages(
  written: string,
  direction: 'in' | 'out',
  path: string,
  spot: Spot,
  context: Context,
): readonly KnownMessage[] {
  const known = knownMessages(context.plugins);
  const named = known.filter(({ message }) => message.name === written || typeName(message) === written);
  const right = named.filter(({ message }) => message.direction === direction);
  if (right.length > 0) return right;
  if (named.length > 0) {
    const use =
      direction === 'in' ? 'an outbound message; an inbound entry takes inbound ones' : 'an inbound message; a route sends outbound ones';
    context.checking.find('WB_ROUTE_WRONG_DIRECTION', `"${written}" is ${use}.`, path, spot);
    return [];
  }
  const near = nearestMessage(
    written,
    known.filter(({ message }) => message.direction === direction),
  );
  if (near === undefined && packMayBeMissing(context.plugins)) return [];
  context.checking.find(
    'WB_MANIFEST_UNKNOWN_MESSAGE',
    sentence(written, known),
    path,
    spot,
    hint(written, near, direction, known, context),
  );
  return near === undefined ? [] : known.filter(({ message }) => message.name === near || typeName(message) === near);
}

function nearestMessage(written: string, known: readonly KnownMessage[]): string | undefined {
  const [name = '', version] = written.split('@');
  const names = known.map(({ message }) => message.name);
  const meant = names.includes(name) ? name : didYouMean(name, names);
  if (meant === undefined || version === undefined) return meant;
  const versions = known.filter(({ message }) => message.name === meant).map(({ message }) => message.version);
  const near = versions.includes(version) ? version : versions.length === 1 ? versions[0] : didYouMean(version, versions);
  return near === undefined ? undefined : `${meant}@${near}`;
}

/** A message of a pack that could not be loaded is not worth a problem of its own. */
export function packMayBeMissing({ failed }: Plugins): boolean {
  return failed.some((specifier) => !/transport|journal/.test(specifier));
}

function sentence(written: string, known: readonly KnownMessage[]): string {
  const [name, version] = written.split('@');
  const otherVersion = version !== undefined && known.some(({ message }) => message.name === name);
  return otherVersion ? `The message "${name}" has no version "${version}".` : `There is no message "${written}".`;
}

function hint(
  written: string,
  near: string | undefined,
  direction: string,
  known: readonly KnownMessage[],
  { plugins }: Context,
): string | undefined {
  const [name] = written.split('@');
  const versions = known
    .filter(({ message }) => message.name === name && message.direction === direction)
    .map(({ message }) => typeName(message));
  if (near === undefined && versions.length > 0) return `Known are ${versions.join(', ')}.`;
  const names = [...new Set(known.filter(({ message }) => message.direction === direction).map(({ message }) => message.name))];
  return hintFor(near, plugins.failed, 'messages of this direction', names);
}

export function refOf({ message }: KnownMessage): MessageTypeRef {
  return { name: message.name, version: message.version };
}
