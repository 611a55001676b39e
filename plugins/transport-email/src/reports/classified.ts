/**
 * What a mail is. Where its recipients differ, the worst of theirs, in this order: bounce-hard, bounce-soft, complaint, delayed, auto-reply,
 * read, delivered.
 *
 * - message: everything that is none of the others, a person's mail that quotes a bounce included.
 * - bounce-hard: the address is no good. bounce-soft: this mail did not arrive, which says nothing about the address.
 * - delayed: nothing is decided; the relay goes on trying.
 * - delivered: it arrived, or was handed to somebody who does not tell more.
 * - complaint: the recipient calls it spam. auto-reply: a machine answered for the recipient. read: the recipient's program says so.
 */
export type MailKind = 'message' | ReportedKind;
export type ReportedKind = 'bounce-hard' | 'bounce-soft' | 'complaint' | 'delayed' | 'auto-reply' | 'read' | 'delivered';

/** What a report says of one recipient. */
export interface Reported {
  /** As we wrote to it, as far as the report tells that. */
  readonly address: string;
  /** Another address that the mail went to in the end. */
  readonly final?: string | undefined;
  readonly kind: ReportedKind;
  /** The code that decided, `5.1.1` or `550`; undefined where none is told. */
  readonly status?: string | undefined;
  /** What the report calls it, in lower case: `failed`, `relayed`, `displayed`, `not-spam` … */
  readonly action?: string | undefined;
  /** What the far side said, in words. */
  readonly diagnostic?: string | undefined;
  /** The fault is with us as the sender (SPF, DKIM, DMARC, a blocked address): somebody should look into it. */
  readonly blamesSender?: boolean | undefined;
  /** The answer asks somebody to confirm that he is no machine; the mail is held until then. */
  readonly challenge?: boolean | undefined;
}

/** What a report holds to find the mail that it speaks of. What is missing is not told. */
export interface Original {
  /** The envelope id with xtext undone, and as it was written. */
  readonly envid?: string | undefined;
  readonly envidAsWritten?: string | undefined;
  /** The token of our bounce address (VERP), and the whole address. */
  readonly verp?: string | undefined;
  readonly bounceAddress?: string | undefined;
  /** The most telling Message-ID: that of the returned mail, then what the report calls the original's, then those that it answers. */
  readonly messageId?: string | undefined;
  /** All of them, in this order, in angle brackets. */
  readonly messageIds?: readonly string[] | undefined;
  /** By which the relay knows the mail that it took from us: queue ids. The most telling first. */
  readonly relayIds?: readonly string[] | undefined;
}

/** A mail, and what it says about others. Of a `message` both lists are empty. */
export interface Classified {
  readonly kind: MailKind;
  readonly recipients: readonly Reported[];
  readonly original: Original;
}

const worstFirst: readonly ReportedKind[] = ['bounce-hard', 'bounce-soft', 'complaint', 'delayed', 'auto-reply', 'read', 'delivered'];

export function worstOf(kinds: readonly ReportedKind[]): ReportedKind | undefined {
  return worstFirst.find((kind) => kinds.includes(kind));
}

/** Each recipient once, by the worst that is said of it. */
export function onceEach(reported: readonly Reported[]): readonly Reported[] {
  const worst = new Map<string, Reported>();
  for (const each of reported) {
    const key = each.address.toLowerCase();
    const known = worst.get(key);
    if (!known || (known.kind !== each.kind && worstOf([known.kind, each.kind]) === each.kind)) worst.set(key, each);
  }
  return [...worst.values()];
}
