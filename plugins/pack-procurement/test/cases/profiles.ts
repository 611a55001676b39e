import type { CartSession, FormField } from '@waybill/procurement';
import { ociCallOf, readOciForm } from '@waybill/procurement';
import { cartOf, returned, type ToldCart } from './carts.ts';
import type { Case, Cases } from './case.ts';
import { partnersOf, type Told } from './partners.ts';
import { elements, found, treeOf } from './tree.ts';

interface Expected {
  readonly refused?: true;
  readonly names?: string;
  readonly descriptionMax?: number;
  readonly classification?: string;
  readonly warnings?: number;
  readonly field?: Readonly<Record<string, string>>;
  readonly maxLength?: Readonly<Record<string, number>>;
  readonly has?: readonly string[];
  readonly hasNot?: readonly string[];
}

/** The same cart for buyers with different systems. */
export async function judgeProfiles(given: Case, told: ToldCart, cases: Cases): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const [profile, expected] of Object.entries(given['profiles'] as Readonly<Record<string, Expected>>)) {
    const partners = partnersOf(cases.json('partners.json') as Told, profile === 'srm' ? {} : { larkfield: { profile } });
    const buyer = profile === 'srm' ? 'srm' : 'larkfield';
    const session = profile === 'srm' ? ociSession(await partners.buyer('srm')) : undefined;
    const cart = await returned(partners, buyer, cartOf(told), session);
    const wrong =
      cart.outcome === 'refused'
        ? refusalFaults(JSON.stringify(cart.problems), expected)
        : [...writtenFaults(cart.document, expected), ...fieldFaults(cart.form.fields, expected)];
    if (cart.outcome === 'written' && cart.warnings.length < (expected.warnings ?? 0)) wrong.push('has no warning');
    faults.push(...wrong.map((fault) => `${profile}: ${fault}`));
  }
  return faults;
}

/** The session of a browser that came by a call of OCI. */
export function ociSession(buyer: Parameters<typeof ociCallOf>[1] | undefined): CartSession {
  if (buyer === undefined) throw new Error('There is no such buyer.');
  const call = 'USERNAME=larkfield-oci&PASSWORD=example-secret-c&HOOK_URL=https%3A%2F%2Fsrm.larkfield.example%2Fsap%2Freturn%3Fx%3D1';
  return { protocol: 'oci', call: ociCallOf(readOciForm(call), buyer) };
}

function refusalFaults(problems: string, { refused, names = '' }: Expected): string[] {
  if (refused !== true) return [`the cart is refused: ${problems}`];
  return problems.includes(names) && problems.includes('"line":1') ? [] : [`${problems} does not name ${names} of line 1`];
}

function writtenFaults(document: string | undefined, { refused, descriptionMax, classification }: Expected): string[] {
  if (refused === true) return ['the cart is taken'];
  if (document === undefined) return [];
  const root = treeOf(document);
  const detail = 'Message/PunchOutOrderMessage/ItemIn/ItemDetail';
  const [description] = elements(root, `${detail}/Description`);
  const own = description?.text.replace(description.children.map(({ text }) => text).join(''), '') ?? '';
  const classes = found(root, `${detail}/Classification`);
  return [
    ...(descriptionMax === undefined || (own.length > 0 && own.length <= descriptionMax)
      ? []
      : [`the description has ${own.length} characters`]),
    ...(descriptionMax === undefined || /^(?:Kugellager für Öfen ?)+$|(?:Kugellager|für|Öfen)\W*$/.test(own)
      ? []
      : ['the description is cut within a word']),
    ...(classification === undefined || classes.includes(classification) ? [] : [`the class is ${classes.join()}`]),
  ];
}

export function fieldFaults(fields: readonly FormField[], { field = {}, maxLength = {}, has = [], hasNot = [] }: Expected): string[] {
  const values = new Map(fields.map(({ name, value }) => [name, value]));
  return [
    ...Object.entries(field).flatMap(([name, value]) =>
      values.get(name) === value ? [] : [`${name} is ${values.get(name)}, and should be ${value}`],
    ),
    ...Object.entries(maxLength).flatMap(([name, most]) =>
      (values.get(name)?.length ?? 0) <= most && values.has(name) ? [] : [`${name} is ${values.get(name)}`],
    ),
    ...has.filter((name) => !values.has(name)).map((name) => `${name} is missing`),
    ...hasNot.filter((name) => values.has(name)).map((name) => `${name} is there`),
  ];
}
