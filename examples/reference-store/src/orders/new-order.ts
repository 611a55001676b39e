export interface NewOrder {
  readonly storeId: string;
  readonly customerId: string;
  readonly items: readonly {
    readonly partNumber: string;
    readonly quantity: string;
    readonly comment?: string | undefined;
    /** What was agreed on with the customer. Default: the price that is in effect. */
    readonly unitPrice?: string | undefined;
  }[];
  /** Where it goes: an address of the customer. Default: the main one. */
  readonly addressId?: string | undefined;
  /** The caller's own name for the order. Placing an order again under the same name changes nothing and answers with the first one. */
  readonly reference?: string | undefined;
  readonly merchantOrderNumber?: string | undefined;
  /** What the carrier should know. */
  readonly instructions?: string | undefined;
  /** For the own use of a site, up to three. */
  readonly fields?: readonly string[] | undefined;
  readonly userData?: Readonly<Record<string, string>> | undefined;
}

export interface PlacedOrder {
  readonly orderId: string;
  readonly items: readonly { readonly orderItemId: string; readonly partNumber: string; readonly quantity: string }[];
}
