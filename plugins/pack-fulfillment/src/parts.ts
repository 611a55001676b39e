import { dateTime, decimalText, element, type TextType, text } from '@waybill/xml';

// Elements and texts that several messages share. Widths are those of the columns in reference/fulfillment-messages.md.

/** Dates of WCS messages. Commerce reads an instant without a zone as UTC, so that is what a sent zone is turned into. */
export const instant = (example?: string): TextType<string> => dateTime({ zone: 'utc', ...(example === undefined ? {} : { example }) });

/** A key of the store or of a partner, as text. */
export const id = (example: string, max = 64): TextType<string> => text({ min: 1, max, example });

/** DECIMAL(20,5). */
export const amount = (example = '184.50'): TextType<string> => decimalText({ digits: 20, scale: 5, example });

/** Counts and measures. */
export const quantity = (example = '3'): TextType<string> => decimalText({ digits: 20, scale: 5, example });

/** VARCHAR(254), the width of most free texts. */
export const words = (example: string, max = 254): TextType<string> => text({ max, example });

export const currency = text({ min: 1, max: 10, example: 'CAD' });

export const comment = element('Comment', words('First parcel handed to the carrier'), 'for people');
