import type { MessageType } from '@waybill/contract';
import type { ManifestNode } from '@waybill/manifest';
import type { Node, Path } from '@waybill/mapping';
import type { Format, FormattedMessage } from '../formats/format.ts';
import type { KeyOf } from '../notation/keys.ts';

/** A value that every message of a kind has: put in when it is read, compared when it is written. */
export interface Fixed {
  readonly path: Path;
  readonly is: unknown;
}

/** A message as a file declares it. */
export interface Declared {
  readonly type: MessageType;
  readonly format: Format;
  readonly message: FormattedMessage;
  readonly sets: readonly Fixed[];
  /** Which command an input is for, where its fields tell. */
  readonly choose: ((input: unknown) => string | undefined) | undefined;
  readonly store: KeyOf | undefined;
  /** What becomes of what the message has no place for: it is refused, kept out, or put into the record at this path. */
  readonly unmapped: 'refuse' | 'ignore' | { readonly into: Path };
  /** Where the user data are kept, where the message has some. */
  readonly userData: Path | undefined;
  readonly leavesOut: LeavesOut;
  readonly reply: Declared | undefined;
  readonly errorReply: Declared | undefined;
  /** What fills the input. */
  readonly body: readonly Node[];
  readonly at: ManifestNode;
}

/** Paths, with `[]` behind lists; 'rest' is everything that has no place. */
export type LeavesOut = readonly string[] | 'rest';
