import { Correspondence } from './exchanges/correspondence.ts';
import type { Exchange } from './exchanges/exchange.ts';
import { KeptExchanges } from './exchanges/kept-exchanges.ts';
import { type BuyerOptions, checkedOptions, profileOf, storeAddress } from './options.ts';
import type { Opening, ProfileName } from './profiles/profiles.ts';
import { Buying } from './requisitions/buying.ts';
import { KeptRequisitions } from './requisitions/kept-requisitions.ts';
import { type BuyerManners, usualManners } from './requisitions/manners.ts';
import type { CartPost, Requisition } from './requisitions/requisition.ts';
import { openServer } from './server/buyer-server.ts';
import type { BuyerState } from './server/buyer-state.ts';
import { Live } from './server/live.ts';
import { SessionCookie } from './server/session-cookie.ts';

/** A procurement system for developers: pages for people, and the same by calls for tests. */
export interface Buyer {
  readonly port: number;
  /** The address of its page. */
  readonly url: string;
  /** Where shops send documents. */
  readonly documentsUrl: string;
  /**
   * Begins a requisition: of cXML, the shop is asked where the browser begins (`session.startPage`). Undefined is the same as left out: then it is what
   * the buyer was started with. Throws `WB_BUYER_SHOP_UNREACHABLE` and `WB_BUYER_WRONG_STEP`.
   */
  shop(how?: {
    readonly shop?: string | undefined;
    readonly profile?: ProfileName | undefined;
    readonly opening?: Opening | undefined;
    readonly selected?: string | undefined;
  }): Promise<Requisition>;
  /** Goes to the shop with the lines of a requisition. Throws as `shop` does. */
  shopAgain(id: string, operation: 'edit' | 'inspect', opening?: Opening): Promise<Requisition>;
  /** Where a browser begins the newest session of a requisition, whatever the shop is opened in. */
  pageOf(id: string): string;
  /** Orders a requisition; later on, sends the order as it is now. Throws as `shop` does. */
  order(id: string): Promise<Requisition>;
  /** Sets the quantity of a line, by its place from 0; `0` takes the line out. The next order has it. */
  setQuantity(id: string, place: number, quantity: string): void;
  /** Takes the order back. Throws as `shop` does. */
  cancel(id: string): Promise<Requisition>;
  /** Sends the newest document of the order once more, byte for byte. Throws as `shop` does. */
  sendAgain(id: string): Promise<void>;
  /** A requisition as it is now. Throws `WB_BUYER_WRONG_STEP` where there is none. */
  requisition(id: string): Requisition;
  /** Oldest first. */
  requisitions(): readonly Requisition[];
  /** All carts that came, oldest first. */
  carts(): readonly CartPost[];
  /** Every document exchanged, oldest first, with secrets masked. */
  documents(): readonly Exchange[];
  /** Calls `listener` with each exchange that begins or goes on, until the returned function is called. */
  onDocument(listener: (exchange: Exchange) => void): () => void;
  /** How it treats what comes to it from now on; what is left out stays. */
  behave(manners: Partial<BuyerManners>): void;
  /** Cuts the connections that are open. The port is free when it resolves. */
  close(): Promise<void>;
}

/**
 * Starts a buyer. It resolves when its port listens.
 * Throws `WB_BUYER_BAD_OPTION`, `WB_BUYER_PORT_IN_USE`, `WB_BUYER_CANNOT_LISTEN` and `WB_BUYER_BAD_CERTIFICATE`; then nothing is left open.
 */
export async function startBuyer(options: BuyerOptions = {}): Promise<Buyer> {
  const checked = checkedOptions(options);
  const closing = new AbortController();
  const exchanges = new KeptExchanges(checked.keep);
  const requisitions = new KeptRequisitions();
  const correspondence = new Correspondence(exchanges, { ca: checked.ca, addressOf: checked.addressOf, signal: closing.signal });
  const buying = new Buying(checked, requisitions, correspondence, () => server.url);
  const { profile, shop, secret } = checked;
  const isTls = checked.tls !== undefined;
  const state: BuyerState = {
    requisitions,
    exchanges,
    buying,
    cookie: new SessionCookie(),
    secret,
    closing: closing.signal,
    isTls,
    manners: usualManners,
    profile,
    shop,
  };
  const live = new Live();
  exchanges.listen(() => live.tellAll());
  requisitions.listen(() => live.tellAll());
  const server = await openServer(checked, state, live);
  return {
    port: server.port,
    url: server.url,
    documentsUrl: `${server.url}cxml`,
    shop: async (how = {}) =>
      buying.shop({
        ...how,
        shop: how.shop === undefined ? storeAddress(state.shop ?? '') : storeAddress(how.shop),
        profile: how.profile === undefined ? state.profile : profileOf(how.profile),
      }),
    shopAgain: (id, operation, opening) => buying.shopAgain(id, operation, opening),
    pageOf: (id) => `${server.url}shopping/${requisitions.get(id).id}`,
    order: (id) => buying.order(id),
    setQuantity: (id, place, quantity) => buying.setQuantity(id, place, quantity),
    cancel: (id) => buying.cancel(id),
    sendAgain: (id) => buying.sendAgain(id),
    requisition: (id) => requisitions.get(id),
    requisitions: () => requisitions.all(),
    carts: () => requisitions.all().flatMap(({ posts }) => posts),
    documents: () => exchanges.all(),
    onDocument: (listener) => exchanges.listen(listener),
    behave: (manners) => {
      state.manners = { ...state.manners, ...manners };
    },
    close: async () => {
      closing.abort();
      await server.close();
    },
  };
}
