import { masked, maskTagged } from '@waybill/contract/host';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileWith, known, receive, told, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

const id = '- Id: returnId as id';
const command = 'command: return.receive';
const event = 'event: return.announced';
const body = (...lines: readonly string[]) => fileWith([command], [id, ...lines]);

describe('a message file with', () => {
  it('a misspelt command of no plugin gets a warning while the application is not at hand', () => {
    const yaml = fileWith(['command: return.recieve'], [id]);
    const { pack, problems } = workshop.load(yaml);
    expect(problems.map(({ severity, hint, ...rest }) => [severity, hint, told({ severity, hint, ...rest })])).toEqual([
      [
        'warning',
        'Did you mean "return.receive"? A new command is declared under "commands" of the file.',
        'UNKNOWN_COMMAND 4:14 No plugin and not this file declares the command "return.recieve", so that its fields are not checked before the application is loaded.',
      ],
    ]);
    const [type] = pack?.messages ?? [];
    expect(maskTagged(type?.commands?.[0]?.input ?? {}, { returnId: '7' }, ['personal'])).toEqual({ returnId: masked });
  });

  it('a command that nobody knows is refused once the application is at hand', () => {
    const { problems } = workshop.load(fileWith(['command: return.recieve'], [id]), { ...known, handled: [receive] });
    expect(problems.map(told)).toEqual(['UNKNOWN_COMMAND 4:14 Nobody knows a command "return.recieve".']);
  });

  it('a command that nobody handles is refused once the application is at hand', () => {
    const { problems } = workshop.load(fileWith(['command: return.refuse'], [id]), { ...known, handled: [receive] });
    expect(problems.map(told)).toEqual(['UNHANDLED 4:14 The application has no handler for return.refuse.']);
  });

  it('several faults tells all of them, in the order of the text', () => {
    const { problems } = workshop.load(body('- Urgent?: urgent', '- Remark?: remrak', '- Note?: first as txt'));
    expect(problems.map(told).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'WRONG_TYPE 7:9',
      'UNKNOWN_FIELD 8:9',
      'UNKNOWN_TYPE 9:16',
    ]);
  });

  it('a fault in an anchor tells it once, where it is written', () => {
    const yaml = `parts:\n  name: &name\n    Remark?: remark as txt\n${body('- *name', '- Refund?: [*name]')}`;
    expect(workshop.load(yaml).problems.map(told)).toEqual(['UNKNOWN_TYPE 3:14 There is no type of text "txt".']);
  });
});

describe('the hint for a misspelt field', () => {
  it('names the one that was meant', () => {
    expect(workshop.load(body('- Remark?: remrak')).problems[0]?.hint).toBe('Did you mean "remark"?');
    expect(workshop.load(body('- Remark?: note')).problems[0]?.hint).toMatch(/^The fields there are returnId, storeId, /);
  });
});

describe('an event', () => {
  const told1 = (type: string) =>
    workshop.load(fileWith([event, 'leaves out: [note, customer.name]'], [`- Id: returnId as ${type}`, '- Mail: customer.email'])).problems;

  it('that may hold more than its message writes gets a warning', () => {
    expect(told1('id(10)').map((problem) => [problem.severity, told(problem)])).toEqual([
      ['warning', 'MAY_NOT_FIT 7:9 The field returnId may hold a text of any length, and the message writes at most 10.'],
    ]);
    expect(told1('code(A B)').map(told)).toEqual([
      'MAY_NOT_FIT 7:9 The field returnId may hold any text, and the message writes A, B only.',
    ]);
  });

  it('that may lack what its message needs gets a warning', () => {
    const { problems } = workshop.load(fileWith([event, 'leaves out: rest'], ['- Id: returnId as text', '- Note: note']));
    expect(problems.map(told)).toEqual(['MAY_NOT_FIT 8:9 The message needs note, and the event may be without it.']);
  });
});
