import type { Mutant } from './mutant.ts';

const carts = 'packages/procurement/src/carts/';
const oci = 'packages/procurement/src/oci/';
const test = 'packages/procurement/test/';

export const cartsMutants: readonly Mutant[] = [
  {
    name: 'edit-returns-nothing',
    promise: 'A cart without lines deletes those of the buyer only when somebody says so.',
    file: `${carts}write-cart.ts`,
    from: "if (session.protocol === 'cxml' && session.operation === 'edit') {",
    to: "if (session.protocol === 'cxml' && session.operation === 'inspect') {",
    tests: [`${test}cart-endings.test.ts`],
  },
  {
    name: 'leaving-empties',
    promise: 'Who leaves a session changes nothing.',
    file: `${carts}write-cart.ts`,
    from: '{ ...emptyCart(ending.currency), isNoChange: true }',
    to: '{ ...emptyCart(ending.currency), isNoChange: false }',
    tests: [`${test}cart-endings.test.ts`],
  },
  {
    name: 'emptying-leaves',
    promise: 'An emptied cart empties that of the buyer, also where the buyer reads no empty carts otherwise.',
    file: `${carts}write-cart.ts`,
    from: " && !(session.protocol === 'cxml' && session.operation === 'edit')",
    to: '',
    tests: [`${test}cart-endings.test.ts`],
  },
  {
    name: 'lines-rounded',
    promise: 'A total is rounded once.',
    file: `${carts}lines/prices.ts`,
    from: "number: multiply(quantity, price, priceBasis?.conversion ?? '1'),",
    to: "number: divide(multiply(quantity, price, priceBasis?.conversion ?? '1'), '1', 0),",
    tests: [`${test}cxml-return.test.ts`],
  },
  {
    name: 'second-currency',
    promise: 'A document has one currency.',
    file: `${carts}lines/prepare-line.ts`,
    from: 'if (item.price.currency !== currency)',
    to: 'if (item.price.currency === undefined)',
    tests: [`${test}cart-lines.test.ts`],
  },
  {
    name: 'unmapped-unit-passes',
    promise: 'A unit that the buyer does not know keeps the cart here.',
    file: `${carts}lines/prepare-line.ts`,
    from: "if (buyer.unmappedUnits === 'refuse')",
    to: "if (buyer.unmappedUnits === 'pass')",
    tests: [`${test}cart-lines.test.ts`],
  },
  {
    name: 'forbidden-in-id',
    promise: 'An id with a character that the buyer refuses keeps the cart here.',
    file: `${carts}lines/line-texts.ts`,
    from: 'if (forbidden.length > 0)',
    to: 'if (forbidden.length > 9)',
    tests: [`${test}cart-lines.test.ts`],
  },
  {
    name: 'quote-pending-ordered',
    promise: 'A quote that cannot be ordered yet does not go back by OCI.',
    file: `${carts}oci-return.ts`,
    from: "if (cart.quote === 'pending') notes.about(undefined).refuse(",
    to: "if (cart.quote === 'pending') notes.about(undefined).warn(",
    tests: [`${test}oci-return.test.ts`],
  },
  {
    name: 'long-texts-on-one-line',
    promise: 'Each line has a long text of its own.',
    file: `${carts}oci-return.ts`,
    from: 'name: `NEW_ITEM-LONGTEXT_${number}:132[]`',
    to: 'name: `NEW_ITEM-LONGTEXT:132[${number}]`',
    tests: [`${test}oci-return.test.ts`],
  },
  {
    name: 'hook-not-checked',
    promise: 'A call by OCI sends the cart to hosts of its buyer only.',
    file: `${oci}call.ts`,
    from: 'hookOf(checkedReturnAddress(buyer, address), form.charset)',
    to: 'hookOf(address, form.charset)',
    tests: [`${test}oci-call.test.ts`],
  },
  {
    name: 'password-shown',
    promise: 'The application gets neither user nor password of a call.',
    file: `${oci}call.ts`,
    from: 'form.fields.filter(([name]) => !hidden.has(name.toLowerCase()))',
    to: 'form.fields.filter(([name]) => !hidden.has(name))',
    tests: [`${test}oci-call.test.ts`],
  },
  {
    name: 'any-number-of-fields',
    promise: 'A hostile form is refused before it takes memory.',
    file: `${oci}form.ts`,
    from: 'if (fields.length > mostFields)',
    to: 'if (fields.length > 1_000_000)',
    tests: [`${test}oci-call.test.ts`],
  },
];
