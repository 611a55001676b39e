import { ociCallOf, readOciForm, writeCart } from '@waybill/procurement';
import { cartOf, returned, type ToldCart } from './carts.ts';
import type { Case, Cases } from './case.ts';
import { partnersOf, type Told } from './partners.ts';
import { fieldFaults, ociSession } from './profiles.ts';

type Expected = Readonly<Record<string, unknown>>;

/** A call of OCI: what was understood of it, and the form that brings a cart back. */
export async function judgeOciCall(given: Case, cases: Cases): Promise<readonly string[]> {
  const partners = partnersOf(cases.json('partners.json') as Told);
  const form = readOciForm(cases.bytes(given.files[0] ?? ''), 'application/x-www-form-urlencoded');
  const buyer = await partners.recogniseCall(form);
  if (buyer === undefined) return ['nobody is recognised'];
  const call = ociCallOf(form, buyer);
  const expected = given['expect'] as Expected;
  const understood = ['function', 'productId', 'quantity', 'target', 'searchString'] as const;
  const faults = understood.flatMap((name) =>
    expected[name] === undefined || call[name] === expected[name]
      ? []
      : [`${name} is ${call[name]}, and should be ${String(expected[name])}`],
  );
  if (expected['hidden'] === undefined) return faults;
  const context = { supplier: partners.supplier, buyer, session: { protocol: 'oci', call } as const, payloadId: 'p', timestamp: 't' };
  const cart = writeCart({ verb: 'leave', currency: 'USD' }, context);
  if (cart.outcome === 'refused') return [...faults, JSON.stringify(cart.problems)];
  const hidden = JSON.stringify(cart.form.fields.map(({ name, value }) => [name, value]));
  return [
    ...faults,
    ...(cart.form.action === expected['action'] ? [] : [`the action is ${cart.form.action}`]),
    ...(hidden === JSON.stringify(expected['hidden']) ? [] : [`the fields are ${hidden}`]),
  ];
}

interface Numbers {
  readonly fields: Readonly<Record<string, string>>;
  readonly scaled: Readonly<Record<string, { readonly 'price/priceUnit': string; readonly priceUnitMax: string }>>;
  readonly refused: Readonly<Record<string, string>>;
}

/** Numbers of a cart by OCI. A line that is refused keeps the cart from leaving, so that the others are looked at without it. */
export async function judgeOciNumbers(given: Case, cases: Cases): Promise<readonly string[]> {
  const told = cases.json(given.files[0] ?? '') as ToldCart;
  const { fields, scaled, refused } = given['expect'] as Numbers;
  const partners = partnersOf(cases.json('partners.json') as Told, { srm: { units: given['unitMap'] } });
  const session = ociSession(await partners.buyer('srm'));
  const all = await returned(partners, 'srm', cartOf(told), session);
  const faults: string[] = [];
  const problems = all.outcome === 'refused' ? all.problems : [];
  for (const [line, why] of Object.entries(refused)) {
    const said = problems.find((each) => each.line === Number(line));
    if (said === undefined || !why.split(' ').every((word) => `${said.field} ${said.what}`.includes(word)))
      faults.push(`line ${line}: ${JSON.stringify(said)}, and should say ${why}`);
  }
  const kept = { ...told, lines: told.lines.filter((_, index) => refused[String(index + 1)] === undefined) };
  const cart = await returned(partners, 'srm', cartOf(kept), session);
  if (cart.outcome === 'refused') return [...faults, JSON.stringify(cart.problems)];
  faults.push(...fieldFaults(cart.form.fields, { field: fields }));
  const value = (name: string) => cart.form.fields.find((each) => each.name === name)?.value ?? '';
  for (const [line, expected] of Object.entries(scaled)) {
    const [price, unit] = [value(`NEW_ITEM-PRICE[${line}]`), value(`NEW_ITEM-PRICEUNIT[${line}]`)];
    const isRight =
      Number(price) / Number(unit) === Number(expected['price/priceUnit']) && /^\d{1,5}$/.test(unit) && /^[\d.]{1,15}$/.test(price);
    if (!isRight) faults.push(`line ${line}: ${price} for ${unit}`);
  }
  return faults;
}
