import {
  type CommandDefinition,
  defineCommand,
  defineEvent,
  type EventDefinition,
  type MessagePackDefinition,
  type TSchema,
} from '@waybill/contract';
import type { Card, JsonSchema } from '@waybill/contract/host';
import type { Problem } from '../problem.ts';

/** What a message file can name. */
export interface KnownMeanings {
  /** Those that plugins declare. */
  readonly commands: readonly CommandDefinition[];
  readonly events: readonly EventDefinition[];
  /** Those that the application handles. Undefined where it is not at hand: then nothing is said about commands that nobody knows. */
  readonly handled?: readonly CommandDefinition[] | undefined;
}

export interface ReadMessageFile {
  /** Undefined where one of the problems is an error. */
  readonly pack: MessagePackDefinition | undefined;
  readonly problems: readonly Problem[];
}

/** What the package that reads message files exports. It runs no code but its own. */
export interface MessageFileReader {
  /** Makes a message pack of a file, given by its absolute path. Never throws for what is in it. */
  loadMessageFile(file: string, known: KnownMeanings): ReadMessageFile;
  /** A JSON Schema for editors: completion and a first check while somebody writes a message file. */
  messageFileSchema(known: KnownMeanings): JsonSchema;
  /** Drafts a message file from a DTD or from sample documents. Throws for what cannot be read. */
  draftMessageFile(source: MessageFileSource): Promise<MessageFileDraft>;
}

/**
 * What a message file is drafted from, or a layout from a copybook. `root`: the outermost element, where a DTD has several that are inside of no other; which of several records of a
 * copybook is meant.
 */
export type MessageFileSource =
  | { readonly kind: 'copybook'; readonly file: string; readonly text: string; readonly root?: string | undefined }
  | { readonly kind: 'dtd'; readonly file: string; readonly text: string; readonly root?: string | undefined }
  | {
      readonly kind: 'samples';
      readonly samples: readonly { readonly file: string; readonly body: Uint8Array }[];
      readonly root?: string | undefined;
    };

export interface MessageFileDraft {
  /** The message file, YAML. */
  readonly file: string;
  /** The type of the input of its command, TypeScript. */
  readonly types: string;
  /** What could not be carried over. */
  readonly notes: readonly string[];
}

/** What the cards of plugins say about commands and events. What a card has no schema for takes anything. */
export function meaningsOf(cards: readonly Card[]): KnownMeanings {
  const packs = cards.filter((card) => card.kind === 'message-pack');
  const schema = (name: string): TSchema => packs.find(({ schemas }) => schemas?.[name])?.schemas?.[name]?.data ?? {};
  const answer = (name: string): { readonly [key in 'output' | 'reply']?: TSchema } => {
    const found = packs.find(({ schemas }) => schemas?.[name])?.schemas?.[name]?.answer as TSchema | undefined;
    return found === undefined ? {} : { output: found, reply: found };
  };
  const named = (of: 'commands' | 'events') =>
    packs.flatMap((card) => Object.entries(card[of])) as readonly (readonly ['noun.verb', string])[];
  return {
    commands: named('commands').map(([name, summary]) => defineCommand({ name, summary, input: schema(name), ...answer(name) })),
    events: named('events').map(([name, summary]) => defineEvent({ name, summary, data: schema(name), ...answer(name) })),
  };
}
