import { defineApplication } from '@waybill/contract/application';
import { openStore, seedStore, storeApplication } from '@waybill/reference-store';
import { placesIn, variable } from './data-folder.ts';

/** The store of the flow. The kernel loads this module by the manifest, `main.ts` imports it: both get the same store. */
export const store = openStore({ path: placesIn(variable('data')).store });
await seedStore(store, { password: variable('password') });

// Orders are announced by the story, once the pick batch is known that the purchase order names.
const { handlers, authenticate } = storeApplication(store);

export default defineApplication({ handlers, ...(authenticate ? { authenticate } : {}), stopped: () => store.close() });
