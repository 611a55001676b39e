import { createRequire } from 'node:module';
import { cardOf } from '@waybill/contract/host';
import type { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { manifestSchema } from '../src/editor-schema.ts';
import { readManifest } from '../src/read/manifest.ts';
import type { ManifestNode, ObjectNode } from '../src/read/node.ts';
import { manifestShapes } from '../src/shape/shape.ts';
import { checkValue } from '../src/values/check-value.ts';
import { asSchema, Checking } from '../src/values/setting-schema.ts';
import { ear, notebook, parcels, post, wire } from './fixture-plugins.ts';
import { good } from './workshop.ts';

const { Ajv: AjvClass } = createRequire(import.meta.url)('ajv') as { readonly Ajv: typeof Ajv };
const schema = manifestSchema([wire, post, ear, notebook, parcels].map(cardOf));
const validate = new AjvClass({ strict: false }).compile(schema);
const accepts = (text: string) => validate({ ...(JSON.parse(text) as object) });

describe('the schema for editors', () => {
  it('accepts a manifest that uses every key, with values out of the environment', () => {
    accepts(good);
    expect(validate.errors).toBeNull();
  });

  it.each(['"port": 8080', '"secure": "${env:SECURE}"', '"every": "${env:EVERY}"', '"order": "${env:ORDER}"'])('accepts %s', (line) => {
    const [key = ''] = line.split(':');
    accepts(good.replace(new RegExp(`${key}: [^,\n]+`), line));
    expect(validate.errors).toBeNull();
  });

  it('accepts a manifest that leaves everything at its default', () => {
    expect(accepts('{ "plugins": ["x"], "journal": { "use": "notebook" }, "inbound": { "a": { "connection": "b" } } }')).toBe(true);
  });

  it.each([
    ['a misspelt key of an entry', '"queue": "STATUS.IN"', '"queu": "STATUS.IN"'],
    ['a misspelt key of a connection', '"folder"', '"foldr"'],
    ['an unknown option of a pack', '"lenient"', '"lenent"'],
    ['an option of reading in an outbound entry', '"longest": "8KB"', '"lenient": true'],
    ['an unknown pack', '"parcels": {', '"parcel": {'],
    ['an unknown order', '{ "by": "key" }', '{ "by": "store" }'],
    ['an unknown transport', '"transport": "wire"', '"transport": "pigeon"'],
    ['an unknown event', '"stock.asked"', '"stock.sold"'],
    ['a length of time without a unit', '"20s"', '"20"'],
    ['a secret that stands in the manifest itself', '"${env:WIRE_PASSWORD}"', '"open-sesame"'],
  ])('refuses %s', (_, from, to) => {
    expect(accepts(good.replace(from, to))).toBe(false);
  });

  it('says what every key is for, and gives an example, also within keys', () => {
    const own = Object.entries(manifestShapes).flatMap(([part, shape]) => keysIn(shape, part));
    expect(own.length).toBeGreaterThan(40);
    expect(own.filter(([, { description, examples }]) => !description || !examples?.length).map(([path]) => path)).toEqual([]);
  });
});

interface Node {
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Node>>;
}

function keysIn(shape: Node, path: string): readonly (readonly [path: string, key: Node])[] {
  return Object.entries(shape.properties ?? {}).flatMap(
    ([key, node]) => [[`${path}.${key}`, node], ...keysIn(node, `${path}.${key}`)] as const,
  );
}

/** What the check finds in a value. */
function findingsIn(key: object, value: ManifestNode | undefined): readonly object[] {
  const checking = new Checking(false);
  if (value) checkValue(asSchema(key), value, '', value.spot, checking);
  return value ? checking.findings : [key];
}

describe('the examples of the keys', () => {
  it.each(Object.entries(manifestShapes))('are values that the check takes: %s', (_, shape) => {
    const wrong = keysIn(shape, '').filter(([, key]) =>
      key.examples?.some(
        (example) => findingsIn(key, (readManifest({ example }).root as ObjectNode).entries.get('example')?.value).length > 0,
      ),
    );
    expect(wrong.map(([path]) => path)).toEqual([]);
  });
});
