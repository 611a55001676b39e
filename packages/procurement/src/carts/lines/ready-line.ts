import type { BuyerAddress, Charge, Comment, Extrinsic } from '@waybill/commerce';

/** A line in which everything is as the buyer wants it. Numbers are plain decimals, texts have characters of XML only. */
export interface ReadyLine {
  /** From 1. */
  readonly number: number;
  readonly partId: string | undefined;
  readonly auxiliaryId: string | undefined;
  readonly buyerPartId: string | undefined;
  readonly quantity: string;
  readonly unit: string;
  readonly price: string;
  readonly currency: string;
  readonly priceBasis: PriceBasis | undefined;
  readonly shortName: string | undefined;
  readonly description: string;
  /** The whole description, where the buyer's limit has cut it. */
  readonly longText: string;
  readonly language: string | undefined;
  readonly classifications: readonly Classification[];
  readonly manufacturerPartId: string | undefined;
  readonly manufacturer: string | undefined;
  readonly url: string | undefined;
  readonly leadTime: string | undefined;
  readonly extrinsics: readonly Extrinsic[];
  readonly lineExtrinsics: readonly Extrinsic[];
  readonly shipping: Charge | undefined;
  readonly tax: Charge | undefined;
  readonly comments: readonly Comment[];
}

export interface PriceBasis {
  readonly quantity: string;
  readonly unit: string;
  readonly conversion: string;
}

export interface Classification {
  readonly domain: string;
  readonly code: string;
}

/** A cart in which everything is as the buyer wants it. */
export interface ReadyCart {
  readonly currency: string;
  /** The session is left, and the buyer keeps what it has. */
  readonly isNoChange: boolean;
  readonly lines: readonly ReadyLine[];
  readonly quote: 'final' | 'pending';
  readonly shipping: Charge | undefined;
  readonly tax: Charge | undefined;
  readonly shipTo: BuyerAddress | undefined;
  readonly quoteId: string | undefined;
  readonly language: string | undefined;
}
