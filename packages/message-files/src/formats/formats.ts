import type { Format } from './format.ts';
import { records } from './records.ts';
import { xml } from './xml.ts';

/** The formats by the word for them in a file. */
export const formats: Readonly<Record<string, Format>> = { xml, records };
