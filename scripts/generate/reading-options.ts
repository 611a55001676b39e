import { readingOptions } from '@waybill/message-files';

/** What an inbound entry can choose for message files, as data: the check of manifests reads it and runs no code of a plugin. */
export function readingOptionsText(): string {
  return `${JSON.stringify(readingOptions(), null, 2)}\n`;
}
