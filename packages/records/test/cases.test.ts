import { describe, expect, it } from 'vitest';
import { type Check, formatOf, placeOf, plain, type RecordCase, recordCases } from './support/record-cases.ts';
import { refusal } from './support/refusal.ts';

/** What became of a case, in the words of its check. */
function found(test: RecordCase, check: Check): unknown {
  if ('refused' in check) {
    const { code, at } = refusal(() => act(test, check));
    return check.refused?.line === undefined ? { code, at } : { code, line: Number(at?.split(':')[0]) };
  }
  return act(test, check);
}

function act(test: RecordCase, check: Check): unknown {
  const format = formatOf(test);
  if ('bytes' in check) return plain(format.decode(Buffer.from(check.bytes, 'hex')));
  if ('values' in check) return Buffer.from(format.encode(check.values)).toString('hex');
  if (!('places' in check)) return format.places;
  const places = Object.fromEntries(Object.keys(check.places).map((path) => [path, placeOf(format, path)]));
  return check.size === undefined ? { places } : { size: format.places.size, places };
}

function wanted(check: Check): unknown {
  if ('refused' in check) return check.refused;
  if ('bytes' in check) return plain(check.records);
  return 'values' in check ? check.gives : check;
}

const checks = recordCases.flatMap((test) => test.checks.map((check, index) => ({ test, check, number: index + 1 })));

describe('the cases that users of other libraries met', () => {
  // What is policy could be decided otherwise; a silent wrong value never.
  it.each(checks)('$test.id, $test.rule, check $number: $test.why', ({ test, check }) => {
    expect(found(test, check)).toEqual(wanted(check));
  });
});
