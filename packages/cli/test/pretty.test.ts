import { createLog, type Observation } from '@waybill/kernel';
import { describe, expect, it } from 'vitest';
import { plain } from '../src/run/paint.ts';
import { prettyLine } from '../src/run/pretty-line.ts';
import { traceLine } from '../src/run/trace.ts';

const at = new Date(2026, 10, 26, 14, 3, 7, 25).getTime();
const seen: Observation = {
  at,
  direction: 'in',
  name: 'order-status',
  connection: 'erp',
  transport: 'file',
  type: 'Update_WCS_OrderStatus@3.0',
  id: 'file-1',
  trace: 'a',
  outcome: 'done',
  attempt: 1,
  took: 12.34,
};
const line = (fields: object) => JSON.stringify({ level: 'info', time: new Date(at).toISOString(), text: 'said', ...fields });

describe('a step of a message', () => {
  it('is one line: when, which way, what, where, how long and how it ended', () => {
    expect(traceLine(seen)).toBe('14:03:07.025  in   Update_WCS_OrderStatus@3.0           order-status (file) → store       12.3 ms  done');
  });

  it('is told in the same form when it comes through the log', () => {
    expect(prettyLine(line({ seen }), plain)).toBe(traceLine(seen));
  });

  it('says why it did not end well, and which reply went back', () => {
    const bad: Observation = { ...seen, outcome: 'parked', code: 'WB_X_Y', reply: 'WCS_Error', direction: 'out', detail: 'to a.xml' };
    expect(traceLine(bad)).toMatch(/store → order-status \(file\) .* parked with WCS_Error WB_X_Y \(to a\.xml\)$/);
  });

  it.each([
    ['done', 'green'],
    ['sent', 'green'],
    ['retry', 'yellow'],
    ['postponed', 'yellow'],
    ['parked', 'red'],
    ['rejected', 'red'],
  ] as const)('that is %s is %s', (outcome, colour) => {
    expect(traceLine({ ...seen, outcome }, (given, text) => `<${given}>${text}`)).toMatch(new RegExp(`<${colour}>${outcome}$`));
  });
});

describe('a line of the log', () => {
  it('has its fields behind the sentence', () => {
    expect(prettyLine(line({ manifest: 'shop', trace: 'a', inbound: 1, note: 'two words' }), plain)).toBe(
      '14:03:07.025  info   said  inbound=1  note="two words"',
    );
  });

  it('of an error has below it what, where, why and what to do', () => {
    const error = {
      error: 'It broke.',
      code: 'WB_X_Y',
      at: 'a.xml:3',
      hint: 'Mend it.',
      cause: { error: 'It broke.', cause: { error: 'ENOSPC' } },
    };
    expect(prettyLine(line({ level: 'error', entry: 'orders', ...error }), plain).split('\n')).toEqual([
      '14:03:07.025  error  said',
      '  WB_X_Y  It broke.',
      '  at    a.xml:3',
      '  why   ENOSPC',
      '  hint  Mend it.',
      '  entry=orders',
    ]);
  });

  it('of an error that nobody foresaw has its stack', () => {
    const text = prettyLine(
      line({ level: 'error', error: 'x is no function', stack: 'TypeError: x is no function\n    at app.js:1:2' }),
      plain,
    );
    expect(text.split('\n').slice(1)).toEqual(['  x is no function', '        at app.js:1:2']);
  });

  it('of a warning with a code alone has its place and what to do', () => {
    const text = prettyLine(line({ level: 'warn', code: 'WB_X_Y', at: 'inbound.a', hint: 'Mend it.' }), plain);
    expect(text.split('\n').slice(1)).toEqual(['  WB_X_Y', '  at    inbound.a', '  hint  Mend it.']);
  });

  it('gives the terminal no command that came with a message', () => {
    const [esc, text] = ['\u001b', '\u001b[2Jgone'];
    const written = prettyLine(
      line({ text, order: text, error: text, code: 'WB_X_Y', at: text, hint: text, cause: { error: `${text}!` } }),
      plain,
    );
    expect(written).toContain('�[2Jgone');
    expect(written).not.toContain(esc);
    expect(traceLine({ ...seen, detail: text })).not.toContain(esc);
  });

  it('shows no secret', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'info', secrets: ['open sesame'], write: (text) => void lines.push(prettyLine(text, plain)) });
    log.info({ seen: { ...seen, detail: 'to http://u:open sesame@host' } }, 'done');
    log.warn({ password: 'open sesame' }, 'said open sesame');
    expect(lines.join('\n')).toMatch(/\*\*\*@host[\s\S]+said \*\*\* {2}password=\*\*\*$/);
  });
});
