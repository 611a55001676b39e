import type { KeptExchanges } from '../exchanges/kept-exchanges.ts';
import type { BuyerProfile } from '../profiles/profiles.ts';
import type { Buying } from '../requisitions/buying.ts';
import type { KeptRequisitions } from '../requisitions/kept-requisitions.ts';
import type { BuyerManners } from '../requisitions/manners.ts';
import type { SessionCookie } from './session-cookie.ts';

/** All that the server works on. What users choose on the page stays until they choose otherwise. */
export interface BuyerState {
  readonly requisitions: KeptRequisitions;
  readonly exchanges: KeptExchanges;
  readonly buying: Buying;
  readonly cookie: SessionCookie;
  readonly secret: string | undefined;
  /** Aborts when the buyer is closed. */
  readonly closing: AbortSignal;
  readonly isTls: boolean;
  manners: BuyerManners;
  profile: BuyerProfile;
  shop: string | undefined;
}
