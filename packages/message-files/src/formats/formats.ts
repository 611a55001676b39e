import { settings, type TObject } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import type { Format, HowToRead } from './format.ts';
import { records } from './records.ts';
import { xml } from './xml.ts';

/** The formats by the word for them in a file. */
export const formats: Readonly<Record<string, Format>> = { xml, records };

/** What an inbound entry can choose for the messages of a file that is written in these formats. */
export function optionsOf(used: Iterable<Format>): TObject {
  return settings(Object.assign({}, ...Array.from(used, ({ options }) => options)) as Format['options']);
}

/** What an inbound entry can choose for message files, by the format of their messages: manifests are checked by it without running code. */
export function readingOptions(): Readonly<Record<string, TObject>> {
  return Object.fromEntries(Object.entries(formats).map(([name, format]) => [name, optionsOf([format])]));
}

/** How a message is read of which no entry says anything. */
export function usualReading(format: Format): HowToRead {
  return { letsPass: false, options: resolveSettings(optionsOf([format]), {}, { folder: '' }) as HowToRead['options'] };
}
