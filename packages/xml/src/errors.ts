import { definitionErrors } from './declaring/errors.ts';
import { documentErrors } from './reading/errors.ts';
import { writingErrors } from './writing/errors.ts';

/** Everything that reading and writing XML, and messages in XML, can refuse. */
export const errors = Object.freeze({ ...definitionErrors, ...documentErrors, ...writingErrors });
