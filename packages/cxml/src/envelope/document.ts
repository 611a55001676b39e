import type { Parties } from '@waybill/commerce';
import type { CxmlStatus } from '../status/codes.ts';
import type { CxmlKind } from './definition.ts';

/** A document that was read: its content, and what stands around it. */
export interface CxmlDocument<Input = unknown> {
  readonly kind: CxmlKind;
  /** `OrderRequest`. A bare answer is a `Response`. */
  readonly type: string;
  /** The input of the command or the data of the event; of documents that are neither, what they say. */
  readonly input: Input;
  readonly payloadId: string;
  /** As it was written. */
  readonly timestamp: string;
  /** What the document calls its version; partners write anything. */
  readonly version?: string | undefined;
  readonly language?: string | undefined;
  /** Whether it is for a test. */
  readonly test: boolean;
  /** Missing where the document has no header, and in answers. */
  readonly parties?: Parties | undefined;
  /** The shared secret of the sender. */
  readonly secret?: string | undefined;
  readonly status?: CxmlStatus | undefined;
  readonly inReplyTo?: string | undefined;
  /** What is not as it should be, and was let pass. No text of the document is in it but names. */
  readonly warnings: readonly string[];
}

/** What stands around the content of a document that is written. */
export interface CxmlHead {
  readonly payloadId: string;
  /** With numeric offset: `timestampOf`. */
  readonly timestamp: string;
  /** Version of the DTD. Default `1.2.050`. */
  readonly version?: string | undefined;
  /** Language of the texts that have none of their own, as a tag of BCP 47. Default `en`. */
  readonly language?: string | undefined;
  /** Default: what the input says, else false. */
  readonly test?: boolean | undefined;
  /** Default: those of the input. Answers have none. */
  readonly parties?: Parties | undefined;
  /** Of an answer, and of a message that says what became of a session. */
  readonly status?: CxmlStatus | undefined;
  readonly inReplyTo?: string | undefined;
}
