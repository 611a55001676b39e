import { describe, expect, it } from 'vitest';
import { judgeAnswer } from '../../src/status/judge-answer.ts';

const answer = (inside: string) => `<cXML payloadID="a7@buy.example" timestamp="2026-10-05T10:00:03-04:00">${inside}</cXML>`;
const status = (code: string, detail = '') => answer(`<Response><Status code="${code}" text="T">${detail}</Status></Response>`);

/** The outcome, and the code of the error. */
function judged(text: string, http?: number) {
  const judgement = judgeAnswer(text, { http });
  return judgement.outcome === 'sent' ? ['sent'] : [judgement.outcome, judgement.error.code];
}

const sent = ['sent'];
const refused = ['refused', 'WB_CXML_REFUSED'];
const notNow = ['not-sent', 'WB_CXML_NOT_NOW'];
const noAnswer = ['not-sent', 'WB_CXML_NO_ANSWER'];

describe('an answer with a cXML status', () => {
  it.each([
    ['200', sent],
    ['201', sent],
    ['204', sent],
    ['280', sent],
    ['299', sent],
    ['400', refused],
    ['409', refused],
    ['467', refused],
    ['500', notNow],
    ['560', notNow],
    ['599', notNow],
    ['302', noAnswer],
    ['900', noAnswer],
  ] as const)('%s is judged by its class', (code, outcome) => {
    expect(judged(status(code), 200)).toEqual(outcome);
  });

  it('counts whatever the HTTP status was', () => {
    expect(judged(status('400', 'Line 2: unit XX'), 500)).toEqual(refused);
    expect(judged(status('200'), 503)).toEqual(sent);
    expect(judged(status('500'), 200)).toEqual(notNow);
    expect(judged(status('500'), 404)).toEqual(notNow);
  });

  it('is final for 4xx and comes again for the rest', () => {
    const errors = ['400', '500', '700'].map((code) => judgeAnswer(status(code))).map((each) => each.outcome !== 'sent' && each.error);
    expect(errors.map((error) => error && error.retryable)).toEqual([false, true, true]);
  });

  it('has its words in the log, in one line', () => {
    const judgement = judgeAnswer(status('400', 'Line 2:\n   unit &lt;XX&gt; \u0085 is <Em>not</Em> known'), { http: 500 });
    expect(judgement.outcome === 'refused' && judgement.error.message).toBe(
      'The partner refuses the document: 400 T: Line 2: unit <XX> is known (HTTP 500).',
    );
    expect(judgeAnswer(status('201', 'queued'))).toEqual({ outcome: 'sent', detail: '201 T: queued' });
  });

  it('never shows a secret that the partner repeats, not even a piece of it', () => {
    const secret = 'tulip-1637-haarlem';
    for (const blanks of [0, 480, 490, 499, 500, 1_990, 2_000]) {
      const judgement = judgeAnswer(status('401', `${'x'.repeat(blanks)}${secret} is wrong`), { secrets: ['', secret] });
      expect(judgement.outcome === 'refused' && judgement.error.message).not.toContain('tulip');
    }
  });

  it('is bounded in the log', () => {
    const judgement = judgeAnswer(status('400', 'x'.repeat(50_000)));
    expect(judgement.outcome === 'refused' && judgement.error.message.length).toBeLessThan(700);
  });

  it('may have no payload, no DOCTYPE, a byte order mark and content behind the status', () => {
    const content = '<Response><Status code=" 200 " text="OK"/><ProfileResponse effectiveDate="2026-01-01T00:00:00Z"/></Response>';
    expect(judged(`\ufeff<?xml version="1.0" encoding="ISO-8859-1"?><cXML>${content}</cXML>`)).toEqual(sent);
  });
});

describe('an answer without one valid cXML status', () => {
  it.each([
    ['nothing', ''],
    ['blanks', ' \r\n\t'],
    ['a page', '<!DOCTYPE html><html><body>Thank you for your order</body></html>'],
    ['a page that is no XML', '<!doctype html><p>Thank you<br>'],
    ['a word', 'OK'],
    ['a Response without cXML around it', '<?xml version="1.0"?><Response><Status code="200" text="OK"/></Response>'],
    ['a root of another case', '<cxml><Response><Status code="200"/></Response></cxml>'],
    ['what was sent', answer('<Header/><Request><OrderRequest><Status code="200" text="OK"/></OrderRequest></Request>')],
    ['no Status', answer('<Response/>')],
    ['a Status at another place', answer('<Response><A><Status code="200" text="OK"/></A></Response>')],
    ['two statuses', answer('<Response><Status code="200" text="OK"/><Status code="400" text="No"/></Response>')],
    ['two Responses', answer('<Response><Status code="200" text="OK"/></Response><Response><Status code="400" text="No"/></Response>')],
    ['a Status without code', answer('<Response><Status text="OK"/></Response>')],
    ['a code that is no number', status('OK')],
    ['a code in hexadecimal', status('0xC8')],
    ['a code of four digits', status('2000')],
    ['a document cut short', status('200').slice(0, -8)],
    ['an internal subset', `<!DOCTYPE cXML [<!ENTITY a "b">]>${status('200')}`],
    ['two documents', status('200') + status('200')],
  ])('is sent again: %s', (_what, text) => {
    expect(judged(text, 200)).toEqual(noAnswer);
    expect(judged(text, 404)).toEqual(noAnswer);
  });

  it('says what it was', () => {
    const messages = ['', 'OK', '<html/>', answer('<Response/>')].map((text) => judgeAnswer(text, { http: 200 }));
    expect(messages.map((each) => each.outcome !== 'sent' && each.error.message)).toEqual([
      'The answer of the partner (HTTP 200) is empty.',
      'The answer of the partner (HTTP 200) is no XML.',
      'The answer of the partner (HTTP 200) is no cXML; its root is html.',
      'The answer of the partner (HTTP 200) has no Status.',
    ]);
  });
});
