import type { Format } from './format.ts';
import { xml } from './xml.ts';

/** The formats by the word for them in a file. */
export const formats: Readonly<Record<string, Format>> = { xml };

/** Formats that are known and cannot be used yet. */
export const laterFormats: readonly string[] = ['records'];
