import {
  type CommandDefinition,
  type EventDefinition,
  isWaybillError,
  type Message,
  type MessagePackDefinition,
  type MessageType,
  type MessageTypeRef,
  type Raiser,
  type ReadableMessage,
  typeName,
} from '@waybill/contract';
import { type Handler } from '@waybill/contract/application';
import { resolveSettings } from '@waybill/contract/host';
import type { PackOptions } from '@waybill/manifest';
import { encodingOf, toUtf8 } from '@waybill/text';
import { callPack } from '../calling/call-plugin.ts';
import { loadErrors, packErrors } from '../errors.ts';
import { looksLike } from './looks-like.ts';
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

/** A message in the forms in which packs want it; each is made once, when the first pack asks for it. */
export class Readable {
  readonly message: Message;
  readonly #configured: string | undefined;
  #encoding: string | undefined;
  #text: ReadableMessage | undefined;

  /** `configured`: the encoding that the entry is set to, where nothing in the message tells it. */
  constructor(message: Message, configured?: string) {
    this.message = message;
    this.#configured = configured;
  }

  /** Throws what is wrong with the encoding, as a `MessageError`. */
  for({ wants }: MessagePackDefinition): ReadableMessage {
    if (wants === 'bytes') return { ...this.message, encoding: this.encoding };
    this.#text ??= { ...this.message, body: toUtf8(this.message.body, this.encoding), encoding: 'utf-8' };
    return this.#text;
  }

  /** That of the message as it arrived. Throws as `for` does. */
  get encoding(): string {
    const { body, contentType } = this.message;
    this.#encoding ??= encodingOf({ body, contentType, configured: this.#configured }).encoding;
    return this.#encoding;
  }
}

const defaults: PackOptions = {};

/** Everything that the loaded packs know, and who serves it. */
export class Registry {
  /** Of each pack the types by name, then by version. */
  readonly #packs: readonly { readonly pack: MessagePackDefinition; readonly types: ReadonlyMap<string, ReadonlyMap<string, KnownType>> }[];
  readonly #commands = new Map<string, KnownCommand>();
  readonly #events = new Map<string, KnownEvent>();
  readonly #defaults = new Map<MessagePackDefinition, Readonly<Record<string, unknown>>>();

  /** Throws `WB_HANDLER_DUPLICATE`. */
  constructor(packs: readonly MessagePackDefinition[], handlers: readonly Handler[]) {
    this.#packs = packs.map((pack) => ({ pack, types: typesOf(pack) }));
    const served = byCommand(handlers);
    const types = packs.flatMap((pack) => pack.messages);
    for (const definition of types.flatMap((type) => type.commands ?? [])) this.#learnCommand(definition, served.get(definition.name));
    for (const handler of handlers) this.#learnCommand(handler.command, handler);
    for (const definition of types.flatMap((type) => type.event ?? [])) this.#learnEvent(definition);
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
    const types = this.#packs.flatMap((one) => [...one.types.values()]).flatMap((versions) => [...versions.values()]);
    const known = types.find((one) => one.name === name);
    if (known) return known;
    throw packErrors.WB_COMMAND_UNKNOWN(`No loaded pack declares ${name}.`);
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
