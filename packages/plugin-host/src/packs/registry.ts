import {
  type CommandDefinition,
  type EventDefinition,
  isWaybillError,
  type MessagePackDefinition,
  type MessageType,
  type MessageTypeRef,
  type Raiser,
  type ReadableMessage,
  typeName,
} from '@waybill/contract';
import { type Handler } from '@waybill/contract/application';
import { resolveSettings } from '@waybill/contract/host';
import type { CheckedInbound, PackOptions } from '@waybill/manifest';
import { callPack } from '../calling/call-plugin.ts';
import { loadErrors, packErrors } from '../errors.ts';
import { Finishing } from './finishing.ts';
import { looksLike } from './looks-like.ts';
import type { Readable } from './readable.ts';
import { Taking } from './taking.ts';
import { type Check, checkFor } from './validation.ts';

/** A message type together with the pack that knows it. */
export interface KnownType {
  /** `Update_WCS_OrderStatus@3.0` */
  readonly name: string;
  readonly type: MessageType;
  readonly pack: MessagePackDefinition;
}

export interface KnownCommand {
  readonly definition: CommandDefinition;
  readonly handler: Handler | undefined;
  readonly checkInput: Check;
  readonly checkOutput: Check | undefined;
}

export interface KnownEvent {
  readonly definition: EventDefinition;
  readonly checkData: Check;
  readonly checkReply: Check | undefined;
}

const defaults: PackOptions = {};

/** Everything that the loaded packs know, and who serves it. */
export class Registry {
  /** Of each pack the types by name, then by version. */
  readonly #packs: readonly { readonly pack: MessagePackDefinition; readonly types: ReadonlyMap<string, ReadonlyMap<string, KnownType>> }[];
  readonly #commands = new Map<string, KnownCommand>();
  readonly #events = new Map<string, KnownEvent>();
  /** The types whose pack has to do with them while they are sent, by name; none for most packs. */
  readonly #finished = new Map<string, KnownType>();
  readonly #defaults = new Map<MessagePackDefinition, Readonly<Record<string, unknown>>>();

  /** Throws `WB_HANDLER_DUPLICATE`. */
  constructor(packs: readonly MessagePackDefinition[], handlers: readonly Handler[]) {
    this.#packs = packs.map((pack) => ({ pack, types: typesOf(pack) }));
    const served = byCommand(handlers);
    const types = packs.flatMap((pack) => pack.messages);
    for (const definition of types.flatMap((type) => type.commands ?? [])) this.#learnCommand(definition, served.get(definition.name));
    for (const handler of handlers) this.#learnCommand(handler.command, handler);
    for (const definition of types.flatMap((type) => type.event ?? [])) this.#learnEvent(definition);
    const finishes = ({ pack }: KnownType): boolean => pack.complete !== undefined || pack.judge !== undefined;
    for (const known of this.#all().filter(finishes)) this.#finished.set(known.name, known);
  }

  /**
   * The first pack that knows the message has it. A pack that is not in `options` reads with the defaults of its own. Undefined when none knows it. Throws what a pack throws, as a `WaybillError`, and
   * what is wrong with the encoding of the text where no pack knows it as bytes. A pack that knows the message in other versions only says
   * so where no further pack has the version.
   */
  recognise(readable: Readable, options: PackOptions = defaults): KnownType | undefined {
    let unreadable: unknown;
    let unknown: unknown;
    for (const { pack, types } of this.#packs) {
      let form: ReadableMessage;
      try {
        form = readable.for(pack);
      } catch (error) {
        unreadable ??= error;
        continue;
      }
      let ref: MessageTypeRef | undefined;
      try {
        ref = recogniseWith(pack, form, options[pack.name] ?? this.defaultsOf(pack));
      } catch (error) {
        if (!isWaybillError(error) || error.kind !== 'unknown') throw error;
        unknown ??= error;
      }
      if (ref) return types.get(ref.name)?.get(ref.version) ?? undeclared(pack, typeName(ref));
    }
    const objection = unknown ?? unreadable;
    if (objection !== undefined) throw objection;
    return undefined;
  }

  /** The type of a message. Throws as `recognise` does, and `WB_MESSAGE_UNRECOGNISED`. */
  typeOfMessage(readable: Readable, options?: PackOptions): KnownType {
    const known = this.recognise(readable, options);
    if (known) return known;
    throw packErrors.WB_MESSAGE_UNRECOGNISED(`No loaded message pack knows this message. ${looksLike(readable.message.body)}`);
  }

  /** The options of a pack where no entry sets any. */
  defaultsOf(pack: MessagePackDefinition): Readonly<Record<string, unknown>> {
    const known = this.#defaults.get(pack);
    if (known) return known;
    const defaults = (pack.options ? resolveSettings(pack.options, {}, { folder: '' }) : {}) as Readonly<Record<string, unknown>>;
    this.#defaults.set(pack, defaults);
    return defaults;
  }

  typeOf({ name, version }: MessageTypeRef): KnownType | undefined {
    for (const { types } of this.#packs) {
      const known = types.get(name)?.get(version);
      if (known) return known;
    }
    return undefined;
  }

  /** `name`: as `typeName` writes it. Throws `WB_COMMAND_UNKNOWN`. */
  typeNamed(name: string): KnownType {
    const known = this.#all().find((one) => one.name === name);
    if (known) return known;
    throw packErrors.WB_COMMAND_UNKNOWN(`No loaded pack declares ${name}.`);
  }

  /** What the packs of the entry's messages do beside reading. */
  taking(entry: Pick<CheckedInbound, 'messages' | 'connection'>): Taking {
    return new Taking(
      this.#packs.map(({ pack }) => pack),
      entry,
    );
  }

  /** What the pack of the type with this name does about a message of it that goes to an entry with `options`; undefined for most. */
  finishing(name: string, options: PackOptions = defaults): Finishing | undefined {
    const known = this.#finished.get(name);
    return known && new Finishing(known, options[known.pack.name] ?? {});
  }

  /** Throws `WB_COMMAND_UNKNOWN`. */
  command(name: string, pack: MessagePackDefinition): KnownCommand {
    return this.#commands.get(name) ?? undeclared(pack, name);
  }

  /** An event that no pack composes for is known as well: the application may publish more than is sent. */
  event(definition: EventDefinition): KnownEvent {
    return this.#events.get(definition.name) ?? this.#learnEvent(definition);
  }

  /** The commands that nobody serves, of those that `type` may ask for. */
  unserved(type: MessageType): readonly string[] {
    return (type.commands ?? []).filter((command) => !this.#commands.get(command.name)?.handler).map((command) => command.name);
  }

  #all(): readonly KnownType[] {
    return this.#packs.flatMap((one) => [...one.types.values()]).flatMap((versions) => [...versions.values()]);
  }

  #learnCommand(definition: CommandDefinition, handler: Handler | undefined): void {
    if (this.#commands.has(definition.name)) return;
    const { input, output } = definition;
    this.#commands.set(definition.name, { definition, handler, checkInput: checkFor(input), checkOutput: output && checkFor(output) });
  }

  #learnEvent(definition: EventDefinition): KnownEvent {
    const { data, reply } = definition;
    const known = { definition, checkData: checkFor(data), checkReply: reply && checkFor(reply) };
    this.#events.set(definition.name, known);
    return known;
  }
}

function typesOf(pack: MessagePackDefinition): ReadonlyMap<string, ReadonlyMap<string, KnownType>> {
  const types = new Map<string, Map<string, KnownType>>();
  for (const type of pack.messages) {
    const versions = types.get(type.name) ?? new Map<string, KnownType>();
    types.set(type.name, versions.set(type.version, { name: typeName(type), type, pack }));
  }
  return types;
}

function recogniseWith(pack: MessagePackDefinition, form: ReadableMessage, options: PackOptions[string]): MessageTypeRef | undefined {
  return callPack(pack, 'recognising', () => pack.recognise(form, options));
}

function byCommand(handlers: readonly Handler[]): ReadonlyMap<string, Handler> {
  const served = new Map<string, Handler>();
  for (const handler of handlers) {
    const { name } = handler.command;
    if (served.has(name)) throw loadErrors.WB_HANDLER_DUPLICATE(`Two handlers serve the command ${name}.`);
    served.set(name, handler);
  }
  return served;
}

function undeclared(pack: MessagePackDefinition, name: string): never {
  throw packErrors.WB_COMMAND_UNKNOWN(`The message pack ${pack.name} speaks of ${name}, which it does not declare.`);
}

/** Throws the error for what a check has found wrong; does nothing where it has found nothing. `what`: `The data of order.created is wrong`. */
export function refuseWrong(wrong: ReturnType<Check>, what: string, raise: Raiser): void {
  if (wrong) throw raise(`${what} at ${wrong.at}: ${wrong.reason}.`, { at: wrong.at });
}
