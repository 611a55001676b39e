import { type Static, Type } from '@waybill/contract';
import { list, text, writableName } from './text.ts';
import { widths } from './widths.ts';

/** Fields that a partner and a store have agreed on: name to text. Waybill carries them and gives them no meaning. */
export const userData = Type.Record(Type.String({ pattern: writableName }), text('The value of the field.'), {
  description: 'Fields that a partner and a store have agreed on, by name.',
  additionalProperties: false,
});
export type UserData = Static<typeof userData>;

/** The three columns that the original keeps for a site's own use. The first is an integer, the second a decimal number, the third text. */
export const customFields = list(
  text('A field.', widths.statusField),
  "Fields for a site's own use, by position. The first three are kept: an integer, a decimal number, a text.",
);
