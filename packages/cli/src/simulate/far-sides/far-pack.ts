import { defineMessagePack, type MessagePackDefinition, type MessageType, type ReadMessage, Type, typeName } from '@waybill/contract';
import { type CommandDefinition, defineCommand, defineEvent, type EventDefinition } from '@waybill/contract/application';
import type { CheckedInbound } from '@waybill/manifest';
import { defaultsOf, writtenFor } from './pack-settings.ts';

/** What a message is composed from: what its pack reads in it. */
export type Said = Pick<ReadMessage, 'command' | 'input'>;

/** A message that the counterpart sends. Of those that are answered there are two: one that waits for its reply, and one that does not. */
export interface Outgoing {
  readonly pack: MessagePackDefinition;
  /** As its own pack declares it, which sees it come in. */
  readonly type: MessageType;
  readonly event: EventDefinition;
  /** The name and version that it has among the messages of the counterpart. */
  readonly name: string;
  readonly asks: boolean;
}

export interface FarPacks {
  readonly packs: readonly MessagePackDefinition[];
  readonly outgoing: readonly Outgoing[];
  /** One for each event that the messages that come in tell of, and one for all others. */
  readonly commands: readonly CommandDefinition[];
}

/** What follows the version of a message that has a reply and does not wait for it. */
const unasked = ' without its reply';

/** The name and version of a message as its own pack knows it. */
export function ownName(name: string): string {
  return name.endsWith(unasked) ? name.slice(0, -unasked.length) : name;
}

/**
 * The packs as the far side needs them: what goes out comes in, as a command that has the name of its event, and what comes in goes
 * out, with an event for each message.
 */
export function farPacks(packs: readonly MessagePackDefinition[], entries: readonly CheckedInbound[]): FarPacks {
  const commands = new Map<string, CommandDefinition>();
  const outgoing: Outgoing[] = [];
  const made = packs.map((pack) => {
    const messages = pack.messages.flatMap((type): readonly MessageType[] => {
      if (type.direction === 'out') return [comingIn(type, commands)];
      const both = goingOut(pack, type, outgoing.length);
      outgoing.push(...both.map(({ way }) => way));
      return both.map((one) => one.type);
    });
    return farPack(pack, messages, entries);
  });
  return { packs: made, outgoing, commands: [...commands.values()] };
}

function comingIn(type: MessageType, commands: Map<string, CommandDefinition>): MessageType {
  const name = (type.event?.name ?? 'message.take') as 'message.take';
  const command = commands.get(name) ?? defineCommand({ name, summary: 'Take what the other side has sent.', input: Type.Unknown() });
  commands.set(name, command);
  const { event: _, ...rest } = type;
  return { ...rest, direction: 'in', commands: [command] };
}

function goingOut(
  pack: MessagePackDefinition,
  type: MessageType,
  before: number,
): readonly { readonly type: MessageType; readonly way: Outgoing }[] {
  const { commands: _, reply, ...rest } = type;
  return [false, true].slice(0, reply ? 2 : 1).map((asks, index) => {
    const event = defineEvent({
      name: `message.sent-${before + index}` as 'message.sent',
      summary: `Tells of ${typeName(type)}.`,
      data: Type.Unknown(),
    });
    const version = reply && !asks ? `${type.version}${unasked}` : type.version;
    const own: MessageType = { ...rest, version, direction: 'out', event, reply: asks ? reply : undefined };
    return { type: own, way: { pack, type, event, name: typeName(own), asks } };
  });
}

function farPack(pack: MessagePackDefinition, messages: readonly MessageType[], entries: readonly CheckedInbound[]): MessagePackDefinition {
  const { name, summary, options, wants } = pack;
  return defineMessagePack({
    name,
    summary,
    messages,
    options,
    wants,
    recognise: (message, given) => pack.recognise(message, given),
    read({ name: root, version }, message, given) {
      const read = pack.read({ name: root, version }, message, given);
      const command = messages.find((one) => one.name === root && one.version === version)?.commands?.[0]?.name ?? read.command;
      // Who sent it is no question here, nor to which store it belongs.
      return { command, input: read.input };
    },
    compose({ name: root, version }, said, context) {
      // The store of what is sent only names the entry that it is sent to.
      const entry = entries.find((one) => one.name === context.store);
      const options = entry ? writtenFor(pack, entry) : defaultsOf(pack);
      return pack.compose({ name: root, version: ownName(version) }, said, { ...context, store: undefined, options });
    },
    reply(ref, outcome, context) {
      const reply = messages.find((one) => one.name === ref.name && one.version === ref.version)?.reply;
      if (!outcome.ok || outcome.output === undefined || reply === undefined) return undefined;
      // Whoever asked reads it with what the pack does when nobody sets anything.
      return pack.compose(reply, outcome.output, { ...context, store: undefined, options: defaultsOf(pack) });
    },
  });
}
