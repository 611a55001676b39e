import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeOf } from './places.ts';
import { accepted, good, places, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

const warningsOf = (text: string) => accepted(workshop.check(text)).warnings;

describe('an entry that asks for more than its transport promises', () => {
  const serial = good.replace('"order": "parallel",\n      "concurrency": 16,', '"order": "serial",');

  it.each([
    ['an order', serial, 'WB_ENDPOINT_NO_ORDER', '"serial",', 'inbound.status.order'],
    ['an order by key', good.replace('"parallel"', '{ "by": "key" }'), 'WB_ENDPOINT_NO_ORDER', '{ "by"', 'inbound.status.order'],
    [
      'the answer after the handler',
      good.replace('"stored"', '"processed"'),
      'WB_ENDPOINT_MAY_LOSE',
      '"processed"',
      'inbound.status.accept',
    ],
    [
      'another attempt in doubt',
      good.replace('"park"', '"retry"'),
      'WB_ENDPOINT_MAY_REPEAT',
      '"unknown": |"retry"',
      'outbound.orders.unknown',
    ],
  ])('is accepted with a warning: %s', (_, text, code, at, path) => {
    expect(places({ problems: warningsOf(text) })).toEqual([`${code} ${placeOf(text, at)} ${path}`]);
    expect(warningsOf(text)).toMatchObject([
      { severity: 'warning', file: expect.stringContaining('waybill.jsonc') as string, hint: expect.stringMatching(/\.$/) as string },
    ]);
  });

  it('is warned of where the setting would stand, when it comes from a default', () => {
    const text = good.replace('"accept": "stored",', '');
    expect(places({ problems: warningsOf(text) })).toEqual([`WB_ENDPOINT_MAY_LOSE ${placeOf(text, '"status": {')} inbound.status`]);
  });

  it('is warned of beside the errors of the manifest, in the order of the text', () => {
    const text = serial
      .replace('"debug"', '"debgu"')
      .replace('"accept": "stored"', '"acept": "stored"')
      .replace('"unknown": "park"', '"unknown": "retry"');
    const { problems } = workshop.check(text);
    expect(problems.map(({ severity, path }) => `${severity} ${path}`)).toEqual([
      'error inbound.status.acept',
      'warning outbound.orders.unknown',
      'error log.level',
    ]);
  });

  it('is not warned of when it is not enabled', () => {
    expect(warningsOf(serial.replace('"enabled": true', '"enabled": false'))).toEqual([]);
  });
});

describe('an entry that asks for what its transport promises', () => {
  it('has no warning', () => {
    expect(warningsOf(good)).toEqual([]);
  });

  it('has none where the sender waits for the answer', () => {
    workshop.install('waiting-wire', workshop.cardOf('@fixture/wire').replace('"waits":false', '"waits":true'));
    const text = good.replace('@fixture/wire', 'waiting-wire').replace('"stored"', '"processed"');
    expect(warningsOf(text)).toEqual([]);
  });
});
