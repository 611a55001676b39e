import type { Options } from './options.ts';

/** How messages are written. The contract hands no options of an entry to whoever composes, so that a pack is made with them. */
export interface Writing extends Pick<Options, 'units' | 'customerStore' | 'widths'> {
  /** As `@waybill/text` names encodings; default utf-8. A character that it does not have is refused, and nothing is written. */
  readonly encoding: string;
  /** Whether free texts (names, addresses, descriptions) that are too long are cut, which the draft tells. Default false: they are refused. */
  readonly truncate: boolean;
}

export const usual: Writing = { units: 'characters', customerStore: false, widths: {}, encoding: 'utf-8', truncate: false };
