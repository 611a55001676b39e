import { type Item, RecordFormat, type RecordFormatOptions } from '../../src/index.ts';
import { refusal } from './refusal.ts';

/** Layouts come from files, too, so that the compiler has not seen all of them. */
export const item = (data: object): Item => data as Item;
export const text = item({ name: 'A', length: 3 });
export const count = item({ name: 'N', type: 'number', length: 2 });
export const packed = item({ name: 'P', type: 'packed', digits: 3 });

export interface LayoutCase {
  readonly what: string;
  readonly items: readonly Item[];
  readonly options?: RecordFormatOptions;
  readonly at?: string;
  readonly says: RegExp;
}

/** What is wrong with the layout R of these items. */
export function faultOf({ items, options }: LayoutCase): {
  readonly code: string;
  readonly at: string | undefined;
  readonly message: string;
} {
  const { code, at, message } = refusal(() => new RecordFormat({ name: 'R', items }, options).items);
  return { code, at, message };
}
