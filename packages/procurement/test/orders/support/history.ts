// What happened to an order, step by step, and what follows from it when one counts naively: tenths of units as whole numbers, everything from the beginning.

export type Happening =
  | { readonly kind: 'document'; readonly type: 'new' | 'update' | 'delete'; readonly lines: ReadonlyMap<number, number> }
  | { readonly kind: 'confirmed'; readonly whole: boolean; readonly type: string; readonly rejected: ReadonlyMap<number, number> }
  | { readonly kind: 'shipped'; readonly id: string; readonly lines: ReadonlyMap<number, number> }
  | { readonly kind: 'invoiced'; readonly id: string; readonly lines: ReadonlyMap<number, number> }
  | { readonly kind: 'credited'; readonly id: string; readonly of: string; readonly lines: ReadonlyMap<number, number> }
  | { readonly kind: 'withdrawn'; readonly id: string };

export interface Counted {
  readonly ordered: number;
  readonly rejected: number;
  readonly shipped: number;
  readonly invoiced: number;
}

export function countLine(history: readonly Happening[], line: number): Counted {
  const ordered = history.findLast((each) => each.kind === 'document')?.lines.get(line) ?? 0;
  return { ordered, rejected: rejectedIn(history, line, ordered), shipped: shippedIn(history, line), invoiced: invoicedIn(history, line) };
}

/** Those since the last document of the order, and of those what came with and after the last word on the whole. */
function rejectedIn(history: readonly Happening[], line: number, ordered: number): number {
  const since = history.slice(history.findLastIndex(({ kind }) => kind === 'document') + 1);
  const said = since.filter((each) => each.kind === 'confirmed');
  const inEffect = said.slice(
    Math.max(
      0,
      said.findLastIndex(({ whole }) => whole),
    ),
  );
  if (inEffect.some(({ type }) => type === 'reject')) return ordered;
  return sum(inEffect.map(({ rejected }) => rejected.get(line) ?? 0));
}

/** A shipment is what was said of it last. */
function shippedIn(history: readonly Happening[], line: number): number {
  const newest = new Map(history.flatMap((each) => (each.kind === 'shipped' ? [[each.id, each.lines] as const] : [])));
  return sum([...newest.values()].map((lines) => lines.get(line) ?? 0));
}

function invoicedIn(history: readonly Happening[], line: number): number {
  const gone = new Set(history.flatMap((each) => (each.kind === 'withdrawn' ? [each.id] : [])));
  const standing = history.filter((each) => (each.kind === 'invoiced' || each.kind === 'credited') && !gone.has(each.id));
  return sum(standing.map((each) => ('lines' in each ? (each.lines.get(line) ?? 0) : 0)));
}

export function creditedOf(history: readonly Happening[], invoice: string, line: number): number {
  const gone = new Set(history.flatMap((each) => (each.kind === 'withdrawn' ? [each.id] : [])));
  return sum(
    history.flatMap((each) =>
      each.kind === 'credited' && each.of === invoice && !gone.has(each.id) ? [-(each.lines.get(line) ?? 0)] : [],
    ),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
