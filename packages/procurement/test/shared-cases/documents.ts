import type { PunchoutCart, readDocument } from '@waybill/cxml';
import type { WrittenCart } from '../../src/index.ts';
import type { CaseCart } from './returns.ts';

type Document = ReturnType<typeof readDocument>;

/** What a case says of a cart that goes back by cXML, of each of its forms. */
export function judgeCxml(
  cart: CaseCart,
  written: readonly WrittenCart[],
  expect: Record<string, unknown>,
  read: (written: WrittenCart) => Document,
): readonly string[] {
  if (expect['refused'] === true) return written.flatMap((each) => refusal(each, String(expect['names'])));
  const documents = written.map((each) => read(each).input as PunchoutCart);
  return [
    ...written.flatMap((each) => ofForm(each, expect)),
    ...documents.flatMap((each) => ofCart(each, cart, expect)),
    ...(expect['same-in-both-forms'] === true && JSON.stringify(documents[0]) !== JSON.stringify(documents[1]) ? ['the forms differ'] : []),
  ];
}

function refusal(written: WrittenCart, names: string): readonly string[] {
  const told = written.outcome === 'refused' ? written.problems : [];
  return told.some(({ line, field }) => line === 1 && field === names) ? [] : [`is not refused for ${names}: ${JSON.stringify(told)}`];
}

function ofForm(written: WrittenCart, expect: Record<string, unknown>): readonly string[] {
  if (written.outcome === 'refused') return [`refused: ${JSON.stringify(written.problems)}`];
  const { document = '', form, warnings } = written;
  const least = Number(expect['warnings'] ?? 0);
  const order = (expect['order'] ?? []) as readonly (readonly [string, string])[];
  return [
    ...(form.fields.every(({ value }) => /^[ -~]*$/.test(value)) ? [] : ['a field is not in US-ASCII']),
    ...(warnings.length >= least ? [] : [`${warnings.length} warnings`]),
    ...order.flatMap(([before, behind]) =>
      document.indexOf(`<${before}`) < document.indexOf(`<${behind}`) && document.includes(`<${before}`)
        ? []
        : [`${before} is not before ${behind}`],
    ),
    ...Object.entries((expect['last-child'] ?? {}) as Record<string, string>).flatMap(([parent, child]) =>
      lastChild(document, parent) === child ? [] : [`the last in ${parent} is ${lastChild(document, parent)}`],
    ),
    ...((expect['present'] ?? []) as readonly string[]).flatMap((path) =>
      isPresent(document, path.split('/')) ? [] : [`${path} is missing`],
    ),
  ];
}

/** The element whose end tag stands right before that of its parent. */
function lastChild(document: string, parent: string): string | undefined {
  return new RegExp(`</([A-Za-z]+)>\\s*</${parent}>`).exec(document)?.[1];
}

function isPresent(document: string, [parent = '', child = '']: readonly string[]): boolean {
  const parts = Array.from(document.matchAll(new RegExp(`<${parent}>([^]*?)</${parent}>`, 'g')), ([, inner = '']) => inner);
  return parts.length > 0 && parts.every((inner) => inner.includes(`<${child}`));
}

function ofCart(document: PunchoutCart, cart: CaseCart, expect: Record<string, unknown>): readonly string[] {
  const [first] = document.lines;
  const facts: readonly (readonly [boolean, string])[] = [
    [document.lines.length === cart.lines.length, 'a line is missing'],
    [
      expect['same-text'] !== 'name' ||
        document.lines.every(({ description }, index) => description === cart.lines[index]?.name.replace(/\r\n/g, '\n')),
      'a text is another one',
    ],
    [expect['totalRounded'] === undefined || document.total.amount === expect['totalRounded'], `the total is ${document.total.amount}`],
    [
      expect['descriptionMax'] === undefined || (first?.description ?? '').length <= Number(expect['descriptionMax']),
      'the description is too long',
    ],
    [
      expect['descriptionMax'] === undefined || cart.lines[0]?.text?.startsWith(`${first?.description} `) === true,
      'the description does not end with a word',
    ],
    [expect['classification'] === undefined || first?.classifications?.[0]?.code === expect['classification'], 'the class is another one'],
    ...Object.entries((expect['basis'] ?? {}) as Record<string, string>).map(([id, basis]) => {
      const line = document.lines.find(({ auxiliaryId }) => auxiliaryId === id);
      return [
        line?.priceBasis?.quantity === basis && line.price?.amount === '4.9',
        `the basis of ${id} is ${JSON.stringify(line?.priceBasis)}`,
      ] as const;
    }),
  ];
  return facts.filter(([isSo]) => !isSo).map(([, what]) => what);
}
