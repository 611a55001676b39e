import { text } from '@waybill/values';
import { attribute, checked, element, many1, mapped, optional } from './combinators.ts';
import type { ElementNode, Optional } from './nodes.ts';

const field = element('UserDataField', {
  attributes: { name: attribute('name', text({ min: 1, example: 'salesChannel' }), 'what the sender calls the field') },
  text: text({ example: 'web' }),
});

const fields = checked(
  element('UserData', { children: { fields: many1(field) }, about: 'data that the message has no element for, by name' }),
  ({ fields }) => {
    const seen = new Set<string>();
    const twice = fields.findIndex(({ name }) => seen.size === seen.add(name).size);
    return twice < 0 ? undefined : { says: 'names a field twice', at: `UserDataField[${twice + 1}]@name` };
  },
);

/**
 * `UserData (UserDataField+)`, a record from the fields' names to their texts
 * (reference/fulfillment-messages.md, section 2.3). An empty record cannot be written; see `optionalUserData`.
 */
export function userData(): ElementNode<Readonly<Record<string, string>>> {
  return mapped(fields, {
    // Object.fromEntries makes own properties whatever the name is, `__proto__` included.
    read: (value) => Object.fromEntries(value.fields.map(({ name, text }) => [name, text])),
    write: (record) => ({ fields: Object.entries(record).map(([name, text]) => ({ name, text })) }),
  });
}

/** User data that may be missing. An empty record is written as if it were: the element demands a field. */
export function optionalUserData(): Optional<Readonly<Record<string, string>>> {
  return { ...optional(userData()), omits: (value) => typeof value === 'object' && value !== null && Object.keys(value).length === 0 };
}
