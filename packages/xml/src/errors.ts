import { dtdErrors } from './dtd/errors.ts';
import { definitionErrors } from './message/errors.ts';
import { documentErrors } from './reading/errors.ts';
import { writingErrors } from './writing/errors.ts';

/** The error codes of reading and writing XML, messages in XML, and DTDs. */
export const errors = Object.freeze({ ...definitionErrors, ...documentErrors, ...dtdErrors, ...writingErrors });
