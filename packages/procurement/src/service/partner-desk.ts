// The parts of partners and carts that the service leans on.
import type { CartLine, Charge, Identity, Parties, PunchoutSetUpInput } from '@waybill/commerce';

export interface CartNote {
  readonly line?: number;
  readonly field: string;
  readonly what: string;
}
export interface ReturnForm {
  readonly action: string;
  readonly target: string;
  readonly charset: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}
export interface OciForm {
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly charset: string;
  get(name: string): string | undefined;
}
export interface OciCall {
  readonly function: 'SHOP' | 'DETAIL' | 'VALIDATE' | 'SOURCING' | 'BACKGROUND_SEARCH';
  readonly productId?: string;
  readonly quantity?: string;
  readonly searchString?: string;
  readonly vendor?: string;
  readonly hook?: { readonly action: string; readonly fields: readonly (readonly [name: string, value: string])[] };
  readonly target: string;
  readonly okCode: string;
  readonly caller: string;
  readonly charset: string;
  readonly version?: string;
  readonly parameters: Readonly<Record<string, string>>;
}
export type CartSession =
  | {
      readonly protocol: 'cxml';
      readonly cookie: string;
      readonly operation: 'create' | 'edit' | 'inspect' | 'source';
      readonly parties: Parties;
      readonly returnAddress: string;
      readonly test: boolean;
      readonly language?: string;
    }
  | { readonly protocol: 'oci'; readonly call: OciCall };
export interface Cart {
  readonly currency: string;
  readonly lines: readonly CartLine[];
  readonly shipping?: Charge;
  readonly tax?: Charge;
  readonly quote?: 'final' | 'pending';
}
export interface Requisitioner {
  readonly account: string;
  readonly id: string;
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly unit?: string;
  readonly department?: string;
  readonly contract?: string;
}
export interface Buyer {
  readonly name: string;
  readonly protocol: 'cxml' | 'oci';
  readonly identities: readonly Identity[];
  readonly returnHosts: readonly string[];
  readonly frameAncestors: readonly string[];
  readonly returnTarget: string;
  readonly startPage: 'direct' | 'button';
  readonly unknownEdit: 'refuse' | 'open';
  readonly test: 'as-told' | 'always' | 'refuse';
  /** Seconds. */
  readonly startSeconds?: number;
}
export interface Partners {
  readonly supplier: { readonly identities: readonly Identity[]; readonly userAgent?: string };
  buyer(name: string): Promise<Buyer | undefined>;
  recogniseCall(form: OciForm): Promise<Buyer | undefined>;
}
export type CartVerb =
  | { readonly verb: 'return'; readonly cart: Cart }
  | { readonly verb: 'empty'; readonly currency: string }
  | { readonly verb: 'leave'; readonly currency: string };
export type WrittenCart =
  | { readonly outcome: 'written'; readonly document?: string; readonly form: ReturnForm; readonly warnings: readonly CartNote[] }
  | { readonly outcome: 'refused'; readonly problems: readonly CartNote[] };
/** Until the rooms of partners and carts are merged, a test hands their functions in. */
export interface DeskFunctions {
  requisitionerOf(buyer: Buyer, input: PunchoutSetUpInput): Requisitioner;
  requisitionerOfCall(buyer: Buyer, valueOf: (field: string) => string | undefined): Requisitioner;
  checkedReturnAddress(buyer: Buyer, text: string): string;
  isTest(buyer: Buyer, document: { readonly test: boolean; readonly parties: Parties }): boolean;
  readOciForm(form: Uint8Array | string, contentType?: string): OciForm;
  ociCallOf(form: OciForm, buyer: Buyer): OciCall;
  writeCart(
    verb: CartVerb,
    about: { readonly supplier: Partners['supplier']; readonly buyer: Buyer; readonly session: CartSession; readonly payloadId: string; readonly timestamp: string },
  ): WrittenCart;
  newPayloadId(host: string, now: number): string;
  timestampOf(millis: number): string;
}
