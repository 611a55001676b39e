import type { Address } from './address/address.ts';

/** Bytes, as they are or in base64. */
export type Content = Uint8Array | { readonly base64: string };

export interface Attachment {
  readonly fileName: string;
  /** A media type, with nothing behind it that could be untrue. */
  readonly contentType: string;
  readonly content: Content;
}

export interface Image {
  /** What the HTML calls it by, without angle brackets. */
  readonly id: string;
  readonly contentType: string;
  readonly content: Content;
  readonly fileName: string | undefined;
}

/** How one ends a subscription. */
export interface Unsubscribing {
  /** An https URL that takes a POST of one click; of this recipient alone. */
  readonly url: string | undefined;
  readonly mailto: string | undefined;
}

/** A mail whose every value was checked: what is left is to write it down. */
export interface Mail {
  readonly from: Address;
  readonly sender: Address | undefined;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly bcc: readonly Address[];
  readonly replyTo: readonly Address[];
  readonly subject: string | undefined;
  readonly text: string | undefined;
  readonly html: string | undefined;
  readonly calendar: { readonly method: string; readonly text: string } | undefined;
  readonly images: readonly Image[];
  readonly attachments: readonly Attachment[];
  /** Headers that the entry and the message add, in this order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly inReplyTo: string | undefined;
  readonly references: readonly string[];
  readonly thread: string | undefined;
  readonly language: string | undefined;
  readonly unsubscribe: Unsubscribing | undefined;
  /** It answers another mail by itself: nobody may answer it in turn, and no bounce of it is wanted. */
  readonly isAutomaticReply: boolean;
}
