import { type MessageTypeRef, typeName } from '@waybill/contract';
import type { Binding } from './binding.ts';
import { errors } from './errors.ts';
import { availabilityBindings } from './messages/availability.ts';
import { customerBindings } from './messages/customer/mapping.ts';
import { errorBinding } from './messages/error.ts';
import { orderStatusBindings } from './messages/order-status/mapping.ts';
import { inquirePickListBinding, reportPickListBinding } from './messages/pick-list/mapping.ts';
import { productInventoryBinding } from './messages/product-inventory.ts';
import { purchaseOrderBinding } from './messages/purchase-order/mapping.ts';

/** Every message of the pack. */
export const bindings: readonly Binding[] = [
  ...orderStatusBindings,
  ...customerBindings,
  productInventoryBinding,
  inquirePickListBinding,
  reportPickListBinding,
  purchaseOrderBinding,
  ...availabilityBindings,
  errorBinding,
];

/** By name, then by version; maps keep the order. */
const byName = new Map<string, Map<string, Binding>>();
for (const binding of bindings) {
  const { name, version } = binding.type;
  const versions = byName.get(name);
  if (versions === undefined) byName.set(name, new Map([[version, binding]]));
  else versions.set(version, binding);
}

/** The binding of a message type. Throws a final `MessageError` `WB_FULFILLMENT_UNKNOWN_TYPE` for a type of another pack. */
export function bindingOf(ref: MessageTypeRef): Binding {
  const versions = versionsOf(ref.name);
  const binding = versions?.get(ref.version);
  if (binding !== undefined) return binding;
  const hint = versions && `Known versions of ${ref.name}: ${[...versions.keys()].join(', ')}.`;
  throw errors.WB_FULFILLMENT_UNKNOWN_TYPE(`The fulfillment pack has no message ${typeName(ref)}.`, { hint });
}

/** The versions in which the pack has a message; undefined for a name that it does not have. */
export function versionsOf(name: string): ReadonlyMap<string, Binding> | undefined {
  return byName.get(name);
}
