export { draftMessageFile } from './drafting/draft.ts';
export { messageFileSchema } from './editor-schema.ts';
export { errors } from './errors.ts';
export { loadMessageFile } from './load.ts';
