import type { Credentials } from '@waybill/contract';
import type { Group } from '@waybill/mapping';

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

/** What tells a message from others of its format. Two messages with equal marks cannot be told apart. */
export interface Marks {
  readonly root: string;
  readonly version: string | undefined;
  readonly verb: string | undefined;
  readonly doctype: string | undefined;
}

/** A message that can be read and written. */
export interface FormattedMessage {
  readonly root: Group;
  readonly marks: Marks;
  /** Throws a `MessageError`. `surplus` is there where the message is read leniently. */
  read(
    body: Uint8Array,
    how: { readonly lenient: boolean },
  ): { readonly value: Envelope; readonly surplus?: Readonly<Record<string, string>> };
  /** Throws a `MessageError`. */
  write(envelope: Envelope): string;
  makeUp(): Envelope;
}

/** Who knows how messages of one format are framed, read and written. What a message means is not its affair. */
export interface Format {
  readonly contentType: string;
  /** The kinds of frame that it has. */
  readonly frames: readonly string[];
  /** Why there is no node of this name: completes "`name` …". */
  objectionToName(name: string): string | undefined;
  /** What is wrong with a frame: a whole sentence. */
  objectionToFrame(spec: FrameSpec): string | undefined;
  /** The message for nodes that fill `input`. `command`: what the message asks for, where its kind alone says it. */
  define(spec: FrameSpec, body: Group['has'], command: string | undefined): FormattedMessage;
  /** Which nodes of a message cannot be told apart when it is read; undefined where all can. */
  ambiguity(message: FormattedMessage): { readonly says: string; readonly group: Group; readonly child: string } | undefined;
  /** Which of these messages a document is, from its beginning. Throws a `MessageError` where it is one of them in an unknown version. */
  recognise<Message extends { readonly message: FormattedMessage }>(body: Uint8Array, messages: readonly Message[]): Message | undefined;
}
