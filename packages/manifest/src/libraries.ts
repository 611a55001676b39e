import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * The libraries that only some manifests need, loaded when the first one needs them: each costs more start time than all
 * the rest of reading. Nothing else of this package loads code while it runs, and the names are written out, so that a
 * test can see it: a manifest is checked without running any code of the plugins that it names.
 */
export const libraries = {
  ajv: (): typeof import('ajv') => require('ajv'),
  // Its ESM build is not what Node finds, and its CommonJS build has no names that Node can see.
  jsoncParser: (): typeof import('jsonc-parser') => require('jsonc-parser'),
  yaml: (): typeof import('yaml') => require('yaml'),
} as const;
