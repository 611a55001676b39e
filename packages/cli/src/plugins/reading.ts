import type { MessagePackDefinition } from '@waybill/contract';
import { isWaybillError } from '@waybill/contract';
import { type Inspected, inspectMessage, looksLike, packErrors } from '@waybill/plugin-host';
import { encodingNamed } from '@waybill/text';
import { errors } from '../errors.ts';
import { readBytes } from '../files.ts';
import { forReading, optionsOf } from './pack-options.ts';

/** How a command says how messages are read. */
export interface ReadingChoice {
  /** The encoding of text where the file does not tell it, as `encoding` of an inbound entry. */
  readonly encoding?: string | undefined;
  /** Options of packs, for writing as well: `name=value`, or `pack.name=value` for one of several packs. */
  readonly option?: readonly string[] | undefined;
}

/**
 * The message in a file, recognised as in a running kernel. Throws `WB_CLI_NO_FILE`, `WB_CLI_BAD_OPTION`,
 * `WB_MESSAGE_UNRECOGNISED`, and what `@waybill/text` throws where the text cannot be converted.
 */
export function recogniseFile(packs: readonly MessagePackDefinition[], file: string, choice: ReadingChoice): Inspected {
  const encoding = choice.encoding === undefined ? undefined : nameOf(choice.encoding);
  const options = optionsOf(packs, choice.option ?? [], forReading);
  // A file has no headers and no identity.
  const message = { id: 'file', createdAt: Date.now(), body: readBytes(file), properties: {} };
  const found = inspectMessage(packs, message, { encoding, options });
  if (found) return found;
  const names = packs.map(({ name }) => name).join(', ');
  throw packErrors.WB_MESSAGE_UNRECOGNISED(`None of the message packs (${names}) knows this message. ${looksLike(message.body)}`, {
    at: file,
    hint: 'Name further packs with --plugin, or look at the root element and version of the message.',
  });
}

function nameOf(label: string): string {
  try {
    return encodingNamed(label);
  } catch (error) {
    if (!isWaybillError(error)) throw error;
    throw errors.WB_CLI_BAD_OPTION(error.message, { at: '--encoding', hint: error.hint });
  }
}
