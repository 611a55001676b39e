import { createRequire } from 'node:module';
import { cardOf } from '@waybill/contract/host';
import type { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { manifestSchema } from '../src/editor-schema.ts';
import { ear, notebook, parcels, post, wire } from './fixture-plugins.ts';
import { good } from './workshop.ts';

const { Ajv: AjvClass } = createRequire(import.meta.url)('ajv') as { readonly Ajv: typeof Ajv };
const schema = manifestSchema([wire, post, ear, notebook, parcels].map(cardOf));
const validate = new AjvClass({ strict: false }).compile(schema);
const accepts = (text: string) => validate({ ...(JSON.parse(text) as object) });
const manifest = good.replace('"${env:WIRE_PORT}"', '8080');

describe('the schema for editors', () => {
  it('accepts a good manifest', () => {
    accepts(manifest);
    expect(validate.errors).toBeNull();
  });

  it('accepts a manifest that leaves everything at its default', () => {
    expect(accepts('{ "plugins": ["x"], "journal": { "use": "notebook" }, "inbound": { "a": { "connection": "b" } } }')).toBe(true);
  });

  it.each([
    ['a misspelt key of an entry', '"queue": "STATUS.IN"', '"queu": "STATUS.IN"'],
    ['a misspelt key of a connection', '"folder"', '"foldr"'],
    ['an unknown option of a pack', '"lenient"', '"lenent"'],
    ['an unknown pack', '"parcels": {', '"parcel": {'],
    ['an unknown order', '{ "by": "key" }', '{ "by": "store" }'],
    ['an unknown transport', '"transport": "wire"', '"transport": "pigeon"'],
    ['an unknown event', '"stock.asked"', '"stock.sold"'],
    ['a length of time without a unit', '"20s"', '"20"'],
  ])('refuses %s', (_, from, to) => {
    expect(accepts(manifest.replace(from, to))).toBe(false);
  });

  it('says what every key of the manifest is for', () => {
    const properties = schema['properties'] as Readonly<Record<string, { readonly description?: string }>>;
    const silent = Object.keys(properties).filter((key) => !properties[key]?.description);
    expect(silent).toEqual([]);
  });
});
