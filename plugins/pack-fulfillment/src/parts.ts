import { exactNumber, widths } from '@waybill/commerce';
import { mapping, type Node } from '@waybill/mapping';
import { dateTime, decimalText, flag, type TextType, text } from '@waybill/values';

// Texts that several messages share. A text has a width only where the commands and events have one, and takes it from them: what they
// allow can be written.

/** Dates of WCS messages. Commerce reads an instant without a zone as UTC, so that is what a sent zone is turned into. */
export const instant = (example?: string): TextType<string> => dateTime({ zone: 'utc', ...(example === undefined ? {} : { example }) });

/** A key of the store or of a partner, as text. Blanks around it do not make it another one. */
export const id = (example: string, max?: number): TextType<string> => text({ min: 1, trim: true, example, ...atMost(max) });

/** As `id`, and possibly empty. */
export const code = (example: string, max?: number): TextType<string> => text({ trim: true, example, ...atMost(max) });

export const partNumber = id('HP-LAMP-02', widths.partNumber);

export const amount = (example = '184.50'): TextType<string> => decimalText({ ...exactNumber, example });

/** Counts, measures and shares. */
export const quantity = (example = '3'): TextType<string> => decimalText({ ...exactNumber, example });

/** Text for people. */
export const words = (example: string, max?: number): TextType<string> => text({ example, ...atMost(max) });

/** Text that never appears in an error. */
export const hidden = (example: string, max?: number): TextType<string> => text({ example, secret: true, ...atMost(max) });

export const currency = id('CAD', widths.currency);

export const bit = flag({ yes: '1', no: '0' });
export const truth = flag({ yes: 'TRUE', no: 'FALSE' });

const u = mapping<{ readonly userData?: Readonly<Record<string, string>> }>();

/** `UserData (UserDataField+)`: reference/fulfillment-messages.md, section 2.3. */
export const userData = (): Node<'userData'> =>
  u.entries('UserData?', 'userData', {
    as: text({ example: 'web' }),
    entry: { name: 'UserDataField', by: 'name', named: text({ min: 1, example: 'salesChannel' }) },
    about: 'data that the message has no element for, by name',
  });

function atMost(max: number | undefined): { readonly max?: number } {
  return max === undefined ? {} : { max };
}
