import type { BuyerOrderLine } from '@waybill/commerce';
import type { Conversion } from '@waybill/mapping';
import { Problem } from '@waybill/values';
import { detailOf, type Goods, goodsOf, partedGoods } from '../parts/item.ts';
import { present } from '../parts/texts.ts';
import type { WireBlanket, WireLine } from './wire-line.ts';

/** The part number has to be there by the DTD, be it empty: lines of free text have none. */
export const asOrderLine: Conversion<WireLine, BuyerOrderLine> = {
  read: ({ partId, adHoc, detail, blanket, ...rest }) => {
    const own = { ...rest, partId: partId === '' ? undefined : partId, adHoc: adHoc === true ? true : undefined };
    return present({ ...own, ...(detail && goodsOf(detail)), ...(blanket && lineOfBlanket(blanket)) }) as BuyerOrderLine;
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
