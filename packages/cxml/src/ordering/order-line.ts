import type { BuyerOrderLine } from '@waybill/commerce';
import type { Conversion } from '@waybill/mapping';
import { Problem } from '@waybill/values';
import { detailOf, type Goods, goodsOf, partedGoods } from '../parts/item.ts';
import { present } from '../parts/texts.ts';
import type { WireBlanket, WireLine } from './wire-line.ts';

/** The part number has to be there by the DTD, be it empty: lines of free text have none. */
export const asOrderLine: Conversion<WireLine, BuyerOrderLine> = {
  read: (wire) => {
    const { partId, adHoc, detail, blanket } = wire;
    const line: Record<string, unknown> = {};
    // Without `...rest`, which takes most of the time of an order with many lines.
    for (const key in wire) if (!special.has(key)) line[key] = wire[key as keyof WireLine];
    if (partId !== undefined && partId !== '') line['partId'] = partId;
    if (adHoc === true) line['adHoc'] = true;
    if (detail !== undefined) Object.assign(line, goodsOf(detail));
    if (blanket !== undefined) Object.assign(line, lineOfBlanket(blanket));
    return line as BuyerOrderLine;
  },
  write: (line) => {
    const { goods, rest } = partedGoods(line);
    const { blanket, limit, adHoc, partId = '', ...own } = rest;
    const common = { ...own, partId, adHoc: adHoc === true ? true : undefined };
    if (blanket !== true)
      return limit === undefined
        ? (present({ ...common, detail: detailOf(goods) }) as WireLine)
        : new Problem('has a limit, and is no line of a blanket order', 'Set `blanket` where a limit is meant.');
    return present({ ...common, blanket: blanketOf(goods, limit) }) as WireLine;
  },
};

/** Fields of the wire that a line has not as they are. */
const special = new Set(['partId', 'adHoc', 'detail', 'blanket']);

function lineOfBlanket({ limit, ...goods }: WireBlanket): Partial<BuyerOrderLine> {
  return { ...goodsOf(goods as Parameters<typeof goodsOf>[0]), ...(limit && { limit }), blanket: true };
}

function blanketOf({ description: text, language, shortName, ...rest }: Goods, limit: WireBlanket['limit']): WireBlanket {
  return present({ ...rest, description: present({ text, language, shortName }), limit }) as WireBlanket;
}

/** Numbers of lines by position, where a line has none: what comes later names a line by its number. */
export function numbered(lines: readonly BuyerOrderLine[]): BuyerOrderLine[] {
  const taken = new Set(lines.map(({ number }) => number));
  let last = 0;
  return lines.map((line, index) => {
    if (line.number !== undefined) return line;
    last = taken.has(index + 1) ? nextFree(taken, Math.max(last, lines.length)) : index + 1;
    taken.add(last);
    return { ...line, number: last };
  });
}

function nextFree(taken: ReadonlySet<number | undefined>, from: number): number {
  let free = from + 1;
  while (taken.has(free)) free += 1;
  return free;
}
