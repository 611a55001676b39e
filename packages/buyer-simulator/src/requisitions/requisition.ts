import type { CartLine } from '@waybill/commerce';
import type { BuyerProfile, Opening } from '../profiles/profiles.ts';

export type Operation = 'create' | 'edit' | 'inspect';

/** What came back through the browser of a user, and what was made of it. */
export interface CartPost {
  readonly at: number;
  /** The exchange that has all of it. */
  readonly exchange: number;
  /**
   * `taken`: its lines are those of the requisition now. `emptied`: it had none, and an edit had said so. `unchanged`: the lines stay as they were.
   * `again`: the session had come back before. `refused`: it could not be used.
   */
  readonly outcome: 'taken' | 'emptied' | 'unchanged' | 'again' | 'refused';
  /** How the document stood in the form, the name of the field as it was spelled. */
  readonly form: string;
  /** Whether the browser sent the session cookie of the buyer along: whose cart it is, is not known otherwise. */
  readonly withSession: boolean;
  /** The document as it came, or the fields of OCI in lines. */
  readonly text: string;
  readonly payloadId?: string | undefined;
  readonly notes: readonly string[];
}

/** An order of the buyer. */
export interface Order {
  readonly id: string;
  /** Of its documents, oldest first. */
  readonly payloadIds: readonly string[];
  readonly state: 'ordered' | 'changed' | 'canceled';
}

/** A document of the shop about an order. */
export interface FollowUp {
  readonly exchange: number;
  /** `ConfirmationRequest`. */
  readonly type: string;
  /** In a few words. */
  readonly summary: string;
}

/** What somebody wants to buy, from the first visit of the shop to the last invoice. */
export interface Requisition {
  readonly id: string;
  readonly at: number;
  readonly profile: BuyerProfile;
  readonly shop: string;
  /** The newest session: each one has a cookie of its own, by which its cart is known. */
  readonly session: Session;
  /** How many sessions there have been. */
  readonly sessions: number;
  readonly lines: readonly CartLine[];
  /** As the newest cart says; of OCI, the sum of the lines. */
  readonly total?: Money | undefined;
  readonly shipping?: Money | undefined;
  readonly tax?: Money | undefined;
  readonly posts: readonly CartPost[];
  readonly order?: Order | undefined;
  readonly followUps: readonly FollowUp[];
}

export interface Session {
  readonly cookie: string;
  readonly operation: Operation;
  readonly opening: Opening;
  /** Where the browser begins: of cXML, what the shop has said. */
  readonly startPage?: string | undefined;
  /** Whether its cart has come. */
  readonly isBack: boolean;
}

export interface Money {
  readonly amount: string;
  readonly currency: string;
}
