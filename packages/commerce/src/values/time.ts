import { type TString, Type } from '@waybill/contract';

const long = '(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])';
const short = '(0[469]|11)-(0[1-9]|[12][0-9]|30)';
const february = '02-(0[1-9]|1[0-9]|2[0-8])';
const leapYear = '([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)';
/** A day that exists, from year 1 to year 9999. */
const date = `(?!0000)([0-9]{4}-(${long}|${short}|${february})|${leapYear}-02-29)`;
const time = '([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?';
/** Up to 14 hours away, as XML Schema has it. */
const offset = '[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00)';

/**
 * A point in time that exists, as ISO 8601 text. Without an offset it is in UTC. The first and the last year take none: in
 * UTC such a time could lie in a year that has not four digits.
 */
export function instant(description: string): TString {
  return Type.String({
    description,
    pattern: `^${date}T${time}Z?$|^(?!0001|9999)${date}T${time}${offset}$`,
    examples: ['2026-03-14T16:20:05Z', '2026-03-14T16:20:05.000000'],
  });
}

/** A calendar day that exists, as ISO 8601 text. */
export function day(description: string): TString {
  return Type.String({ description, pattern: `^${date}$`, examples: ['2026-03-14'] });
}
