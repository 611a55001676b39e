import { DatabaseSync } from 'node:sqlite';
import { procurementDescribe, punchoutSetUp } from '@waybill/commerce';
import { defineApplication, handle } from '@waybill/contract/application';
import { definePunchout, openSessions } from '@waybill/procurement';
import { openStore, seeded, seedStore, storeApplication } from '@waybill/reference-store';
import { Accounts } from './carts/accounts.ts';
import { CartTable } from './carts/cart-table.ts';
import { Catalog } from './catalog/catalog.ts';
import { partners, titles } from './partners.ts';
import { placesIn, variable } from './settings.ts';
import type { PageParts } from './store-pages.ts';
import { Shopfront } from './storefront.ts';

const places = placesIn(variable('data'));
const address = variable('shop');

/** The store. The kernel loads this module by the manifest, `main.ts` imports it: both get the same one. */
export const store = openStore({ path: places.store });
await seedStore(store, { password: variable('secret') });
store.buyers.add({ name: 'larkfield', customerId: seeded.customerId, storeId: seeded.storeId, host: 'harbour-and-pine.example' });

const database = new DatabaseSync(places.shop);
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;');
const catalog = new Catalog(store);
const carts = new CartTable(database);
const accounts = new Accounts(database);
const shopfront = new Shopfront(catalog, carts, accounts);
const sessions = openSessions({ path: places.sessions });

/** The way into the shop and out of it. */
export const punchout = definePunchout({ url: `${address}/punchout`, partners, sessions, storefront: shopfront, name: 'Harbour and Pine' });

export const front: PageParts = { punchout, catalog, carts, accounts, shopfront, buyerTitle: (buyer) => titles[buyer] ?? buyer };

const requests = ['ProfileRequest', 'PunchOutSetupRequest', 'OrderRequest', 'OrderStatusRequest', 'StatusUpdateRequest'];
const documents = `http://127.0.0.1:${variable('port')}/cxml`;

const { handlers, started } = storeApplication(store);

export default defineApplication({
  handlers: [
    ...handlers,
    handle(punchoutSetUp, (input, { principal }) => punchout.setUp(input, { buyer: principal?.name ?? '' })),
    handle(procurementDescribe, () => ({
      effective: '2026-01-01T00:00:00+00:00',
      transactions: requests.map((request) => ({ request, url: documents })),
    })),
  ],
  authenticate: (credentials, arrival) => partners.authenticate(credentials, arrival),
  ...(started ? { started } : {}),
  stopped: async () => {
    await sessions.close();
    database.close();
    store.close();
  },
});
