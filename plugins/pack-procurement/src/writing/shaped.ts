import { errors } from '../errors.ts';

/** What `make` makes of data that callers may hand in in any shape. Throws a final `MessageError` where it cannot look into it. */
export function shaped<Made>(name: string, make: () => Made): Made {
  try {
    return make();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw errors.WB_PROCUREMENT_BAD_DATA(`The data for ${name} does not have the shape of its event, its command or its answer.`, {
      cause,
    });
  }
}
