import { type Settings, settings, Type } from '@waybill/contract';
import { xmlReadingOptions } from '@waybill/xml';

/** What an inbound entry can choose for reading: `"packs": { "fulfillment": { … } }`. */
export const options = settings({
  ...xmlReadingOptions,
  pickListVersion: Type.Union([Type.Literal('1.0'), Type.Literal('2.0')], {
    description: 'The version in which pick lists are answered. What 1.0 has no place for is left out there.',
    default: '2.0',
  }),
});
export type Options = Settings<typeof options>;
