import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Partners, WrittenCart } from '@waybill/procurement';
import pack from '../../src/index.ts';
import { documentIn, posted } from './browser.ts';
import { cartOf, returned, type ToldCart } from './carts.ts';
import type { Case, Cases } from './case.ts';
import { partnersOf, type Told } from './partners.ts';
import { judgeProfiles } from './profiles.ts';
import { type Element, elements, found, treeOf } from './tree.ts';

type Expected = Readonly<Record<string, unknown>>;
type Written = WrittenCart & { readonly outcome: 'written' };

const item = 'Message/PunchOutOrderMessage/ItemIn';

/** A cart that goes back through the browser in each form, and what the buyer reads in it. */
export async function judgeCxml(given: Case, cases: Cases): Promise<readonly string[]> {
  const told = cases.json(given.files[0] ?? '') as ToldCart;
  if (given['profiles'] !== undefined) return judgeProfiles(given, told, cases);
  const expected = given['expect'] as Expected;
  const forms = (given['forms'] as readonly string[] | undefined) ?? ['cxml-urlencoded', 'cxml-base64'];
  const documents: string[] = [];
  const faults: string[] = [];
  for (const form of forms) {
    const partners = partnersOf(cases.json('partners.json') as Told, { larkfield: { form } });
    const cart = await written(partners, told);
    const [field] = cart.form.fields.filter(({ name }) => /cxml/i.test(name));
    if (field?.name.toLowerCase() !== form) faults.push(`${form}: the field is ${field?.name}`);
    const value = posted(field?.value ?? '');
    if (form === 'cxml-urlencoded' && !/^[\x20-\x7e]*$/.test(value)) faults.push(`${form}: is not us-ascii in one line`);
    const document = documentIn(form, value);
    documents.push(document);
    faults.push(...(await faultsIn(document, expected, told, cart)).map((fault) => `${form}: ${fault}`));
  }
  return faults;
}

async function written(partners: Partners, told: ToldCart): Promise<Written> {
  const cart = await returned(partners, 'larkfield', cartOf(told));
  if (cart.outcome === 'written') return cart;
  throw new Error(`The cart is refused: ${JSON.stringify(cart.problems)}`);
}

type Look = (
  root: Element,
  wanted: never,
  about: { readonly told: ToldCart; readonly cart: Written; readonly document: string },
) => readonly string[] | Promise<readonly string[]>;

async function faultsIn(document: string, expected: Expected, told: ToldCart, cart: Written): Promise<readonly string[]> {
  const root = treeOf(document);
  const faults: string[] = [];
  for (const [name, wanted] of Object.entries(expected))
    faults.push(...((await looks[name]?.(root, wanted as never, { told, cart, document })) ?? []));
  return faults;
}

const looks: Readonly<Record<string, Look>> = {
  'same-text': (root, _wanted, { told }) =>
    told.lines.flatMap(({ name }, index) => {
      const text = descriptionOf(elements(root, item)[index]);
      return plain(text) === plain(name) ? [] : [`line ${index + 1} is ${JSON.stringify(text)}, and should be ${JSON.stringify(name)}`];
    }),
  'line-returned': (root, _wanted, { told }) => (elements(root, item).length === told.lines.length ? [] : ['a line is missing']),
  'well-formed': (_root, _wanted, { document }) =>
    /&#(?:0*[0-8]|x0*[0-8]|x0*FFFE|x0*D8..);/i.test(document) ? ['has a reference to what is no character'] : [],
  warnings: (_root, wanted: number, { cart }) => (cart.warnings.length >= wanted ? [] : [`has ${cart.warnings.length} warnings`]),
  order: (root, wanted: readonly (readonly [string, string])[]) => {
    const all = elements(root, `${item}/ItemDetail`).flatMap(({ children }) => children.map(({ name }) => name));
    return wanted.flatMap(([first, second]) =>
      all.indexOf(first) < all.indexOf(second) && all.includes(first) ? [] : [`${first} does not stand before ${second}`],
    );
  },
  'last-child': (root, wanted: Readonly<Record<string, string>>) =>
    Object.entries(wanted).flatMap(([name, last]) => {
      const around = elements(root, name === 'ItemIn' ? item : `${item}/${name}`);
      return around.length > 0 && around.every(({ children }) => children.at(-1)?.name === last)
        ? []
        : [`${last} is not the last of ${name}`];
    }),
  present: (root, wanted: readonly string[]) =>
    wanted
      .filter((path) =>
        [`${item}/${path}`, `Message/PunchOutOrderMessage/PunchOutOrderMessageHeader/${path}`].some(
          (at) => elements(root, at).length === 0,
        ),
      )
      .map((path) => `${path} is missing`),
  totalRounded: (root, wanted: string) => {
    const total = found(root, 'Message/PunchOutOrderMessage/PunchOutOrderMessageHeader/Total/Money');
    const long = everyMoney(root).filter((text) => /\.\d{5}/.test(text));
    return [...(total.join() === wanted ? [] : [`Total is ${total.join()}`]), ...long.map((text) => `${text} has more than four places`)];
  },
  basis: (root, wanted: Readonly<Record<string, string>>) =>
    Object.entries(wanted).flatMap(([auxiliaryId, quantity]) => {
      const line = elements(root, item).find((each) => found(each, 'ItemID/SupplierPartAuxiliaryID')[0] === auxiliaryId);
      const basis = line && found(line, 'ItemDetail/PriceBasisQuantity/@quantity')[0];
      const price = line && found(line, 'ItemDetail/UnitPrice/Money')[0];
      return basis === quantity && price === '4.9' ? [] : [`${auxiliaryId} costs ${price} for ${basis}`];
    }),
  'dtd-valid': async (_root, _wanted, { document }) => invalidIn(document),
};

/** Its own text, without that of a short name. */
function descriptionOf(line: Element | undefined): string {
  const [description] = line ? elements(line, 'ItemDetail/Description') : [];
  const short = description?.children.map(({ text }) => text).join('') ?? '';
  return description?.text.replace(short, '') ?? '';
}

function plain(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}

function everyMoney({ name, text, children }: Element): readonly string[] {
  return [...(name === 'Money' ? [text.trim()] : []), ...children.flatMap(everyMoney)];
}

/** By the DTD that the declarations print, and by that of the protocol where there is a copy of it. */
async function invalidIn(document: string): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-case-'));
  try {
    const own = join(folder, 'own.dtd');
    const file = join(folder, 'document.xml');
    writeFileSync(own, (await pack.messages.find(({ name }) => name === 'PunchOutOrderMessage')?.grammar?.())?.text ?? '');
    writeFileSync(file, document);
    const dtds = [own, process.env['WAYBILL_CXML_DTD']].filter((each) => each !== undefined);
    return dtds.flatMap((dtd) => {
      const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--dtdvalid', dtd, file]);
      return status === 0 ? [] : [stderr.toString()];
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
