import { MessageError, type MessageTypeRef, typeName } from '@waybill/contract';
import type { Binding } from './binding.ts';
import { availabilityBindings } from './messages/availability.ts';
import { customerBindings } from './messages/customer-mapping.ts';
import { errorBinding } from './messages/error.ts';
import { orderStatusBindings } from './messages/order-status-mapping.ts';
import { inquirePickListBinding, reportPickListBinding } from './messages/pick-list-mapping.ts';
import { productInventoryBinding } from './messages/product-inventory.ts';
import { purchaseOrderBinding } from './messages/purchase-order-mapping.ts';

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

const byName = new Map(bindings.map((binding) => [typeName(binding.type), binding]));

/** The binding of a message type. Raises a final `MessageError` `WB_FULFILLMENT_UNKNOWN_TYPE` for a type of another pack. */
export function bindingOf(ref: MessageTypeRef): Binding {
  const binding = byName.get(typeName(ref));
  if (binding !== undefined) return binding;
  const versions = versionsOf(ref.name);
  const hint = versions.length > 0 ? `Known versions of ${ref.name}: ${versions.join(', ')}.` : undefined;
  throw new MessageError('WB_FULFILLMENT_UNKNOWN_TYPE', `The fulfillment pack has no message ${typeName(ref)}.`, { hint });
}

/** The versions in which the pack has a message; empty for a name that it does not have. */
export function versionsOf(name: string): readonly string[] {
  return bindings.flatMap(({ type }) => (type.name === name ? [type.version] : []));
}
