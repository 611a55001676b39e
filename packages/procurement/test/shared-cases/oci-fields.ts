import { compare, multiply, type WrittenCart } from '../../src/index.ts';

/** What a case says of the fields of a return by OCI: of the whole cart, and of the lines that can be written. */
export function judgeFields(whole: WrittenCart, rest: WrittenCart, expect: Record<string, unknown>): readonly string[] {
  if (rest.outcome === 'refused') return [`refused: ${JSON.stringify(rest.problems)}`];
  const fields = new Map(rest.form.fields.map(({ name, value }) => [name, value]));
  const entries = (key: string): readonly (readonly [string, unknown])[] => Object.entries(expect[key] ?? {});
  const names = (key: string): readonly string[] => (expect[key] ?? []) as readonly string[];
  return [
    ...[...entries('fields'), ...entries('field')].flatMap(([name, value]) =>
      fields.get(name) === value ? [] : [`${name} is ${fields.get(name)}, not ${JSON.stringify(value)}`],
    ),
    ...entries('maxLength').flatMap(([name, most]) =>
      (fields.get(name) ?? '').length <= Number(most) && fields.has(name) ? [] : [`${name} is ${fields.get(name)}`],
    ),
    ...names('has').flatMap((name) => (fields.has(name) ? [] : [`${name} is missing`])),
    ...names('hasNot').flatMap((name) => (fields.has(name) ? [`${name} is there`] : [])),
    ...entries('scaled').flatMap(([line, scaled]) => scaleMistakes(fields, line, scaled as Record<string, string>)),
    ...entries('refused').flatMap(([line, what]) => refusalMistakes(whole, Number(line), what as string)),
  ];
}

function scaleMistakes(fields: ReadonlyMap<string, string>, line: string, scaled: Record<string, string>): readonly string[] {
  const [price = '0', unit = '1'] = [fields.get(`NEW_ITEM-PRICE[${line}]`), fields.get(`NEW_ITEM-PRICEUNIT[${line}]`)];
  const isExact =
    compare(price, multiply(unit, scaled['price/priceUnit'] ?? '0')) === 0 && compare(unit, scaled['priceUnitMax'] ?? '0') <= 0;
  return isExact ? [] : [`line ${line} costs ${price} for ${unit}`];
}

function refusalMistakes(whole: WrittenCart, line: number, what: string): readonly string[] {
  const told =
    whole.outcome === 'refused'
      ? whole.problems.filter((problem) => problem.line === line).map(({ field, what: said }) => `${field} ${said}`)
      : [];
  return told.some((each) => each.startsWith(what)) ? [] : [`line ${line} is refused with ${JSON.stringify(told)}, not ${what}`];
}
