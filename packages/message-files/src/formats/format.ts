import type { Credentials, Grammar, TSchema } from '@waybill/contract';
import type { DescribedField, Entries, Group, Node, Part } from '@waybill/mapping';
import type { Choose } from '@waybill/values';

/** What a document says as a whole: what is asked for, or the data of an event or reply, and who asks. */
export interface Envelope {
  readonly command?: string | undefined;
  readonly input?: unknown;
  readonly credentials?: Credentials | undefined;
}

/** What stands around the nodes of a message, as its file says it. */
export interface FrameSpec {
  readonly name: string;
  readonly version: string;
  /** The kind of frame, and what is said about it. */
  readonly frame: { readonly kind: string; readonly verb?: string | undefined; readonly noun?: string | undefined };
  readonly root?: string | undefined;
  readonly doctype?: string | undefined;
  readonly credentials?: readonly string[] | undefined;
}

/** How a format takes the name of a node. */
export type FormatName =
  /** Why there is no node of this name: completes "`name` …". */
  | { readonly objection: string }
  /** `width`: of a field, in units of the format, where its name says it. */
  | { readonly name: string; readonly width: number | undefined };

/** What the names of fields say about their widths, in units of the format. */
export interface Widths {
  readonly fields: ReadonlyMap<Node | Part, number>;
  /** Of the fields of an entry, by the entry of its node. */
  readonly entries: ReadonlyMap<Entries['entry'], EntryWidths>;
  /** The field of a segment that has to be there: the segment may end behind it. */
  readonly least: ReadonlyMap<Group, string>;
  /** Segments that make a list of one entry at most. */
  readonly single: ReadonlySet<Group>;
}

export interface EntryWidths {
  readonly by: number;
  /** The field that says how long the text is. */
  readonly length: { readonly name: string; readonly width: number };
  readonly text: number;
}

/** What tells a message from others of its format. Two messages with equal marks cannot be told apart. */
export interface Marks {
  readonly root: string;
  readonly version: string | undefined;
  readonly verb: string | undefined;
  readonly doctype: string | undefined;
}

/** How an inbound entry has a message read: the options of its format, resolved. */
export interface HowToRead {
  /** True: what the message does not have is let pass, whatever the entry says. */
  readonly letsPass: boolean;
  readonly options: Readonly<Record<string, unknown>>;
}

/** `unknown`: texts that have no place in the message, by their path. */
export interface Surplus {
  readonly unknown?: Readonly<Record<string, string>>;
  readonly order?: readonly string[];
}

/** A message that can be read and written. */
export interface FormattedMessage {
  readonly root: Group;
  readonly marks: Marks;
  /** What the format says of its parts beside the mapping, by their path. */
  readonly layout?: () => ReadonlyMap<string, Partial<DescribedField>>;
  /** Throws a `MessageError`. `surplus`: what was let pass, by the name of the leniency; undefined where nothing was. */
  read(body: Uint8Array, how: HowToRead): { readonly value: Envelope; readonly surplus: Surplus | undefined };
  /** Throws a `MessageError`. */
  write(envelope: Envelope): string | Uint8Array;
  makeUp(choose?: Choose): Envelope;
  /** Whether a document begins as the message does, where its marks do not tell. */
  begins?(body: Uint8Array, options: HowToRead['options']): boolean;
}

/** Who knows how messages of one format are framed, read and written. What a message means is not its affair. */
export interface Format {
  readonly contentType: string;
  /** What an inbound entry can choose for reading, as settings by name. */
  readonly options: Readonly<Record<string, TSchema>>;
  /** The kinds of frame that it has; the first one is meant where a file names none. */
  readonly frames: readonly string[];
  nameOf(name: string): FormatName;
  /** What is wrong with a node of the format, beside its name: completes "`name` …". */
  objectionToNode(node: Node, width: number | undefined): string | undefined;
  /** Whether a text can have a default: what stands for one that is absent. */
  hasDefault(name: string): boolean;
  /** What is wrong with a frame: a whole sentence. */
  objectionToFrame(spec: FrameSpec): string | undefined;
  /** The message for nodes that fill `input`. `command`: what the message asks for, where its kind alone says it. */
  define(spec: FrameSpec, body: Group['has'], more: { readonly command: string | undefined; readonly widths: Widths }): FormattedMessage;
  /** What the message is in the formal language of the format, where it has one. */
  readonly grammar?: (message: FormattedMessage) => Promise<Grammar>;
  /** Which nodes of a message cannot be told apart when it is read; undefined where all can. */
  ambiguity(
    message: FormattedMessage,
    usual: HowToRead,
  ): { readonly says: string; readonly group: Group; readonly child: string } | undefined;
  /** Which of these messages a document is, from its beginning. Throws a `MessageError` where it is one of them in an unknown version. */
  recognise<Message extends { readonly message: FormattedMessage }>(
    body: Uint8Array,
    messages: readonly Message[],
    options: HowToRead['options'],
  ): Message | undefined;
}
