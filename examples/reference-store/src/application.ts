import {
  customerRegister,
  customerUpdate,
  documentNoteStatus,
  inventoryAdjust,
  inventoryExpect,
  inventoryReceive,
  inventoryRecordAvailability,
  inventoryRecordBatchAvailability,
  inventorySetLevels,
  orderConfirmStatus,
  orderConfirmTransfer,
  orderInvoiceStatus,
  orderRecordQuotation,
  orderShipStatus,
  orderUpdateStatus,
  pickBatchGenerate,
  pickListGet,
  priceSetListPrices,
  priceSetOffers,
  purchaseOrderAskStatus,
  purchaseOrderSubmit,
  shipmentConfirm,
} from '@waybill/commerce';
import { type ApplicationDefinition, type ApplicationSpec, defineApplication } from '@waybill/contract/application';
import { answerStatus, noteStatus, submitOrder } from './buyers/documents.ts';
import { hashSecrets, registerCustomer } from './customers/customers.ts';
import { PasswordCheck } from './customers/passwords.ts';
import { hashChanges, updateCustomer } from './customers/update.ts';
import { confirmTransfer, recordBatchAvailability, recordQuotation } from './distributors/answers.ts';
import { once } from './once.ts';
import { resolveOrderKeys } from './orders/order-names.ts';
import { setListPrices } from './prices/list-prices.ts';
import { setOffers } from './prices/offers.ts';
import { confirmShipment } from './progress/confirm-shipment.ts';
import { recordOrderStatus } from './progress/order-status.ts';
import { generatePickBatch } from './progress/pick-batch.ts';
import { composePickList } from './progress/pick-list.ts';
import { recordAvailability } from './stock/availability.ts';
import { expectInventory } from './stock/expected.ts';
import { setInventoryLevels } from './stock/inventory.ts';
import { adjustInventory, receiveInventory } from './stock/receipts.ts';
import type { Announced, Store } from './store.ts';

/** The store as an application of Waybill: serves every command but those of a shop window (`punchout.set-up`, `procurement.describe`), checks credentials, and announces waiting orders when the kernel runs. */
export function storeApplication(store: Store): ApplicationDefinition {
  return defineApplication({
    handlers: [
      once(store, orderConfirmStatus, (input, work) => recordOrderStatus(input, work, 'C')),
      once(store, orderShipStatus, (input, work) => recordOrderStatus(input, work, 'S')),
      once(store, orderInvoiceStatus, (input, work) => recordOrderStatus(input, work, 'I')),
      once(store, orderUpdateStatus, (input, work) => recordOrderStatus(input, work)),
      once(store, orderRecordQuotation, recordQuotation),
      once(store, orderConfirmTransfer, confirmTransfer),
      once(store, customerRegister, registerCustomer, (input) => hashSecrets(input, store.database)),
      once(store, customerUpdate, updateCustomer, hashChanges),
      once(store, priceSetOffers, setOffers),
      once(store, priceSetListPrices, setListPrices),
      once(store, inventorySetLevels, setInventoryLevels),
      once(store, inventoryExpect, expectInventory),
      once(store, inventoryReceive, receiveInventory),
      once(store, inventoryAdjust, adjustInventory),
      once(store, inventoryRecordAvailability, recordAvailability),
      once(store, inventoryRecordBatchAvailability, recordBatchAvailability),
      once(store, pickBatchGenerate, generatePickBatch),
      once(store, shipmentConfirm, confirmShipment),
      once(store, purchaseOrderSubmit, submitOrder),
      once(store, purchaseOrderAskStatus, answerStatus),
      once(store, documentNoteStatus, noteStatus),
      once(store, pickListGet, ({ pickBatchId }, { database }) => composePickList(database, pickBatchId)),
    ],
    authenticate: authenticator(store),
    keyOf: resolveOrderKeys(store),
    started: async (publisher) => warnOf(await store.announce(publisher)),
  });
}

/** What cannot be announced stops nobody; it is tried again at the next start. */
function warnOf({ refused }: Announced): void {
  for (const { kind, id, error } of refused)
    process.emitWarning(`${kind[0]?.toUpperCase()}${kind.slice(1)} ${id} cannot be announced: ${error.message}`, {
      code: error.code,
      detail: error.hint ?? '',
    });
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
