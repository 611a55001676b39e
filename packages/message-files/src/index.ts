import type { MessageFileDraft, MessageFileSource } from '@waybill/manifest';

export { messageFileSchema } from './editor-schema.ts';
export { errors } from './errors.ts';
export { readingOptions } from './formats/formats.ts';
export { loadMessageFile } from './load.ts';

/** Drafts a message file from a DTD or from sample documents, or a layout from a copybook. Throws for what cannot be read. */
export async function draftMessageFile(source: MessageFileSource): Promise<MessageFileDraft> {
  // Tools alone ask for it, and nobody who reads messages has to load its code.
  const { draft } = await import('./drafting/draft.ts');
  return draft(source);
}
