import type { Log } from '@waybill/contract';
import type { Surroundings } from '../pages/page.ts';
import { type PageTexts, textsFor } from '../pages/texts.ts';
import type { Buyer } from '../partners/buyer.ts';
import type { Partners } from '../partners/define-partners.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import type { Addresses } from './http/addresses.ts';
import type { Storefront } from './storefront.ts';
import type { Times } from './times.ts';

/** What the parts of the service share. */
export interface Workings {
  readonly partners: Partners;
  readonly sessions: SessionStore;
  readonly storefront: Storefront;
  readonly addresses: Addresses;
  /** The name of the store. */
  readonly store: string;
  readonly texts: readonly PageTexts[];
  /** Whether a browser that keeps cookies has to bring that of the session. */
  readonly binding: 'cookie' | 'link';
  readonly times: Times;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Who may show the pages of a session in a frame: what the buyer names, else the hosts that its cart goes to. A host without a scheme is taken for one under TLS by a
 * page under TLS, and for either by one that is tried out on this machine.
 */
export function ancestorsOf({ frameAncestors, returnHosts }: Buyer): readonly string[] {
  return frameAncestors.length > 0 ? frameAncestors : returnHosts;
}

/** What the pages for a browser have around them. */
export function surroundings({ texts, store }: Workings, language: string, test: boolean): Surroundings {
  return { texts: textsFor(language, texts), store, test };
}
