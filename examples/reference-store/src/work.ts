import type { DataOf, EventDefinition } from '@waybill/contract';
import type { Database } from './database/database.ts';

/** An event that is published with the work. The id makes publishing it again harmless. */
export interface Announcement {
  readonly event: string;
  readonly id: string;
  readonly store: string;
  readonly data: unknown;
}

/** What is known of the message that is worked on. */
export interface MessageInHand {
  readonly messageId: string;
  readonly entry: string;
  readonly principal?: { readonly name: string } | undefined;
}

/** What the code behind a command works with: one transaction, its time, and what it leaves behind. */
export class Work {
  readonly database: Database;
  /** ISO 8601, the same for the whole transaction. */
  readonly now: string;
  readonly events: Announcement[] = [];
  /** Who sent the message: the name of its principal. */
  readonly sender: string | undefined;
  readonly #lasting: (() => void)[] = [];
  readonly #messageId: string;
  readonly #entry: string;

  constructor(database: Database, now: string, message: MessageInHand) {
    this.database = database;
    this.now = now;
    this.#messageId = message.messageId;
    this.#entry = message.entry;
    this.sender = message.principal?.name;
  }

  /** Writes a line of the audit: what this message has changed. */
  effect(what: string): void {
    this.database.insert('effects', { message_id: this.#messageId, entry: this.#entry, what, at: this.now });
  }

  /** What is to be known even if the message is refused, and nothing else of it happens. */
  evenIfRefused(write: () => void): void {
    this.#lasting.push(write);
  }

  /** Writes that, when all else was undone. */
  refused(): void {
    if (this.#lasting.length === 0) return;
    this.database.transaction(() => {
      for (const write of this.#lasting) write();
    });
  }

  publish<Event extends EventDefinition>(
    event: Event,
    data: DataOf<Event>,
    options: { readonly id: string; readonly store: string },
  ): void {
    this.events.push({ event: event.name, data, ...options });
  }
}
