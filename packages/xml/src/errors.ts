import { definitionErrors } from './message/errors.ts';
import { documentErrors } from './reading/errors.ts';
import { writingErrors } from './writing/errors.ts';

/** The error codes of reading and writing XML, and messages in XML. */
export const errors = Object.freeze({ ...definitionErrors, ...documentErrors, ...writingErrors });
