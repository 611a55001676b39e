import type { DataOf, EventDefinition } from '@waybill/contract';

/** What a function of a declaration is told beside the data of the event. */
export interface NotificationContext {
  /** The store of the event, where it has one. */
  readonly store: string | undefined;
  /** When the event was published, as an ISO 8601 instant. */
  readonly time: string;
  readonly messageId: string;
}

/**
 * Where a text comes from: the path of a field of the event (`customer.email`), several of them of which the first that is there and not empty
 * counts, or a function of the data. Paths are checked against the schema of the event when the pack is loaded.
 */
export type TextSource<Data> = string | readonly string[] | ((data: Data, context: NotificationContext) => string | undefined);

/** One person, by the fields of the event. */
export interface PersonSource<Data> {
  readonly address: TextSource<Data>;
  readonly name?: TextSource<Data> | undefined;
}

/** An address as it stands in the answer of a function. The address is the bare one, `ada@example.com`. */
export interface Person {
  readonly address: string;
  readonly name?: string | undefined;
}

/** One or several people: a path to one address, a person by fields, or a function. */
export type PeopleSource<Data> =
  | string
  | readonly string[]
  | PersonSource<Data>
  | ((data: Data, context: NotificationContext) => Person | string | readonly (Person | string)[] | undefined);

/** A file that comes with a mail: one of the folder, by its path there (looked up by store and language), or made of the data. */
export type AttachmentSource<Data> =
  | { readonly file: string; readonly fileName?: string | undefined; readonly contentType?: string | undefined }
  | ((data: Data, context: NotificationContext) => Attachment | readonly Attachment[] | undefined);

/** The content is either bytes or a text. */
export interface Attachment {
  readonly fileName: string;
  readonly contentType: string;
  readonly content: Uint8Array | string;
}

export interface NotificationSpec<Event extends EventDefinition = EventDefinition> {
  /** The name of the message type: `OrderReceived`. Its templates begin with the same words: `order-received.subject.liquid`. */
  readonly name: string;
  readonly version: string;
  readonly summary: string;
  /** The event that people are told about. */
  readonly event: Event;
  /** How the names of the template files begin, where this is not the name of the message. */
  readonly templates?: string | undefined;
  /** Who gets it. Without it, the outbound entry says so: right for a notice to an administrator. */
  readonly to?: PeopleSource<DataOf<Event>> | undefined;
  readonly cc?: PeopleSource<DataOf<Event>> | undefined;
  readonly bcc?: PeopleSource<DataOf<Event>> | undefined;
  /** Who sends it. Without it, the outbound entry says so. */
  readonly from?: PeopleSource<DataOf<Event>> | undefined;
  /** Where answers of people go. */
  readonly replyTo?: PeopleSource<DataOf<Event>> | undefined;
  /** The language of the recipient as a BCP 47 tag: `de-AT`. Without it, or where nothing is written in it, that of the store, then that of the pack. */
  readonly language?: TextSource<DataOf<Event>> | undefined;
  /** Mails with the same word here are shown together by mail programs, such as all about one order. */
  readonly thread?: TextSource<DataOf<Event>> | undefined;
  readonly attachments?: readonly AttachmentSource<DataOf<Event>>[] | undefined;
}

export interface NotificationsSpec<Events extends readonly EventDefinition[]> {
  /** The word for the pack in a manifest and in logs. */
  readonly name: string;
  readonly summary: string;
  /** The folder with the templates: `new URL('templates/', import.meta.url)`. Read once, when the pack is loaded. */
  readonly folder: URL | string;
  /** The language of files whose names say none. */
  readonly language: string;
  readonly messages: { readonly [Index in keyof Events]: NotificationSpec<Events[Index]> };
}
