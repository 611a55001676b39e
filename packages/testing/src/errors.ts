import { journalErrors } from './memory/journal/errors.ts';
import { transportErrors } from './memory/transport/errors.ts';
import { refusals, unreadables } from './pack/errors.ts';
import { suiteErrors } from './transport/errors.ts';

/** The error codes of this package. */
export const errors = { ...journalErrors, ...transportErrors, ...suiteErrors, ...refusals, ...unreadables };
