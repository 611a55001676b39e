import {
  customerRegister,
  inventoryRecordAvailability,
  inventorySetLevels,
  orderConfirmStatus,
  orderInvoiceStatus,
  orderShipStatus,
  orderUpdateStatus,
  pickListGet,
} from '@waybill/commerce';
import { type ApplicationDefinition, type ApplicationSpec, defineApplication } from '@waybill/contract/application';
import { hashSecrets, registerCustomer } from './customers/customers.ts';
import { PasswordCheck } from './customers/passwords.ts';
import { once } from './once.ts';
import { resolveOrderKeys } from './orders/order-names.ts';
import { recordOrderStatus } from './progress/order-status.ts';
import { composePickList } from './progress/pick-list.ts';
import { recordAvailability } from './stock/availability.ts';
import { setInventoryLevels } from './stock/inventory.ts';
import type { Announced, Store } from './store.ts';

/** The store as an application of Waybill: serves every command, checks credentials, and announces waiting orders when the kernel runs. */
export function storeApplication(store: Store): ApplicationDefinition {
  return defineApplication({
    handlers: [
      once(store, orderConfirmStatus, (input, work) => recordOrderStatus(input, work, 'C')),
      once(store, orderShipStatus, (input, work) => recordOrderStatus(input, work, 'S')),
      once(store, orderInvoiceStatus, (input, work) => recordOrderStatus(input, work, 'I')),
      once(store, orderUpdateStatus, (input, work) => recordOrderStatus(input, work)),
      once(store, customerRegister, registerCustomer, hashSecrets),
      once(store, inventorySetLevels, setInventoryLevels),
      once(store, inventoryRecordAvailability, recordAvailability),
      once(store, pickListGet, ({ pickBatchId }, { database }) => composePickList(database, pickBatchId)),
    ],
    authenticate: authenticator(store),
    keyOf: resolveOrderKeys(store),
    started: async (publisher) => warnOf(await store.announce(publisher)),
  });
}

/** An order that cannot be announced stops nobody; it is tried again at the next start. */
function warnOf({ refused }: Announced): void {
  for (const { orderId, error } of refused)
    process.emitWarning(`Order ${orderId} cannot be announced: ${error.message}`, { code: error.code, detail: error.hint ?? '' });
}

function authenticator(store: Store): NonNullable<ApplicationSpec['authenticate']> {
  const check = new PasswordCheck();
  return async ({ logonId, password }) => {
    if (logonId === undefined || password === undefined) return undefined;
    const user = store.database.get<{ password: string; roles: string }>('SELECT password, roles FROM users WHERE logon_id = ?', logonId);
    const right = await check.isRight(password, user?.password);
    return user && right ? { name: logonId, roles: JSON.parse(user.roles) as string[] } : undefined;
  };
}
