import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { messageFileSchema } from '../src/index.ts';
import { textTypes } from '../src/texts/text-types.ts';
import { fileWith, known } from './workshop.ts';

const { Ajv: AjvClass } = createRequire(import.meta.url)('ajv') as { readonly Ajv: typeof Ajv };
const validate = new AjvClass({ strict: false }).compile(messageFileSchema(known));

function faultsOf(yaml: string): readonly string[] {
  return validate(parse(yaml)) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const command = 'command: return.receive';
const id = '- Id: returnId as id';

describe('the schema for editors', () => {
  it.each([
    'plugins/pack-fulfillment/test/fixtures/fulfillment.message.yaml',
    'examples/custom-message/stock.message.yaml',
    'examples/custom-message/returns.message.yaml',
  ])('accepts %s', (file) => {
    expect(faultsOf(readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8'))).toEqual([]);
  });

  it.each([
    '- Name?: { to: [first, second] }',
    '- Name+: { by: "@of", default: one, pick: { one: first, two: second }, spills: true }',
    '- all*: { into: "items[]", has: [{ Sku: sku }] }',
    '- one of?: [{ First: first }, [{ Second: second }]]',
    '- joined: { to: arrived, by: day and time, from: ["Day as date8", "Time? as time6"] }',
    '- UserData?: { user data: userData, entry: Field, named by: "@key" }',
    '- Extra?: { entries: userData }',
    '- Again?: { same as: returnId, as: id }',
    '- Note?: { to: remark, only if: { status: OK }, about: for people, evidence: D }',
  ])('accepts the node %s', (node) => {
    expect(faultsOf(fileWith([command], [id, node]))).toEqual([]);
  });

  it('accepts types of the file, and their names', () => {
    const types =
      'types:\n  Lot: { pattern: "[A-Z]+", says: a lot, example: A }\n  Sku: id(2..20 upper)\n  State: { words: [Back order] }\n  Stock: { yes: in, no: out }\n';
    expect(faultsOf(types + fileWith([command], [id, '- Note?: { to: remark, as: Lot }']))).toEqual([]);
  });

  it.each([
    ['a type of the file without its words', `types: { Lot: { pattern: "[A-Z]+" } }\n${fileWith([command], [id])}`],
    ['a type of the file with a small letter', `types: { lot: id }\n${fileWith([command], [id])}`],
    ['a misspelt key of the file', `sumary: x\n${fileWith([command], [id])}`],
    ['a misspelt key of a message', fileWith([command, 'unmaped: ignore'], [id])],
    ['a policy that there is not', fileWith([command, 'unmapped: drop'], [id])],
    ['a frame that there is not', fileWith([command, 'frame: wsc'], [id])],
    ['a type that there is not', fileWith([command], [id, '- Note?: { to: remark, as: txt }'])],
    ['a version that YAML takes for a number', fileWith([command], [id]).replace('"1.0"', '1.0')],
    ['a number for a field', fileWith([command], [id, '- Note?: 5'])],
    ['two nodes in one item', fileWith([command], [`${id}\n        Note: remark`])],
    ['a misspelt key of a node', fileWith([command], [id, '- Note?: { too: remark }'])],
  ])('refuses %s', (_title, yaml) => {
    expect(faultsOf(yaml).length).toBeGreaterThan(0);
  });

  it('completes commands, events and types of text', () => {
    const text = JSON.stringify(messageFileSchema(known));
    for (const word of ['return.receive', 'return.announced', ...Object.keys(textTypes)]) expect(text).toContain(word);
  });
});
