import { describe, expect, it } from 'vitest';
import { type Check, formatOf, placeOf, plain, type RecordCase, recordCases } from './support/record-cases.ts';
import { refusal } from './support/refusal.ts';

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytesOf = (hex: string) => Buffer.from(hex, 'hex');

function run(test: RecordCase, check: Check): void {
  if ('bytes' in check && check.records) expect(plain(formatOf(test).decode(bytesOf(check.bytes)))).toEqual(plain(check.records));
  else if ('values' in check && check.gives) expect(hexOf(formatOf(test).encode(check.values))).toBe(check.gives);
  else if ('places' in check) {
    const format = formatOf(test);
    const places = Object.keys(check.places).map((path) => [path, placeOf(format, path)]);
    expect({ size: check.size && format.places.size, places: Object.fromEntries(places) }).toEqual({ size: check.size, places: check.places });
  } else {
    const { code, at, line } = check.refused!;
    const error = refusal(() => act(test, check));
    const found = line === undefined ? { code: error.code, at: error.at } : { code: error.code, line: Number(error.at?.split(':')[0]) };
    expect(found).toEqual(line === undefined ? { code, at } : { code, line });
  }
}

function act(test: RecordCase, check: Check): unknown {
  const format = formatOf(test);
  if ('bytes' in check) return format.decode(bytesOf(check.bytes));
  return 'values' in check ? format.encode(check.values) : format.places;
}

describe.each(recordCases.map((each) => [each.id, each] as const))('%s', (_id, test) => {
  // What is policy could be decided otherwise; a silent wrong value never.
  it.each(test.checks.map((check, index) => [index + 1, check] as const))(`${test.rule}, check %i: ${test.why.replaceAll('%', 'percent')}`, (_index, check) => {
    run(test, check);
  });
});
