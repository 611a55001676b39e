import { createRequire } from 'node:module';
import type { TSchema } from '@waybill/contract';
import type { Ajv, ValidateFunction } from 'ajv';

/** What is wrong with a value, and where; undefined when nothing is. */
export type Check = (value: unknown) => { readonly at: string; readonly reason: string } | undefined;

let ajv: Ajv | undefined;

/**
 * A check for a schema. Compiled when it is used for the first time: compiling takes milliseconds, and most processes
 * see a few of the messages that their packs know.
 */
export function checkFor(schema: TSchema): Check {
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= compile(schema);
    if (validate(value)) return undefined;
    const [first] = validate.errors ?? [];
    const at = (first?.instancePath ?? '').slice(1).replaceAll('/', '.');
    return { at: at === '' ? '(the whole)' : at, reason: `${first?.message ?? 'is wrong'}${detail(first?.params)}` };
  };
}

function compile(schema: TSchema): ValidateFunction {
  ajv ??= loadAjv();
  return ajv.compile(schema);
}

/** Loaded with the first message: 40 ms and 14 MB that a start can do without. */
function loadAjv(): Ajv {
  const { Ajv: Validator } = createRequire(import.meta.url)('ajv') as typeof import('ajv');
  return new Validator({ strict: false, allErrors: false, validateFormats: false });
}

function detail(params: Readonly<Record<string, unknown>> | undefined): string {
  if (typeof params?.['additionalProperty'] === 'string') return ` (${params['additionalProperty']})`;
  return Array.isArray(params?.['allowedValues']) ? ` (${params['allowedValues'].join(', ')})` : '';
}
