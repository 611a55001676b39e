import { describe, expect, it } from 'vitest';
import { classified, lines, ours, reference } from './shapes.ts';

describe('a bounce in words', () => {
  const bounce = (text: string, header = 'Return-Path: <>\nFrom: MAILER-DAEMON@x\n') =>
    classified(`${header}To: b-${reference}@bounce.shop.example\nSubject: failure\n\n${text}`);

  it.each([
    [
      'qmail',
      `Hi. This is the qmail-send program at x.\nI'm afraid I wasn't able to deliver your message.\n\n<ada@mill.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n${ours()}`,
      'ada@mill.example bounce-hard 5.1.1',
    ],
    [
      'Exim',
      `This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered. The following address(es) failed:\n\n  ada@mill.example\n    Unrouteable address\n\n------ This is a copy of the message, including all the headers. ------\n\n${ours()}`,
      'ada@mill.example bounce-hard -',
    ],
    [
      'Postfix',
      `This is the mail system at host mx.\n\nI'm sorry.\n\n<ada@mill.example>: host mx.mill.example[1.2.3.4] said: 552 5.2.2 <ada@mill.example>\n    over quota (in reply to RCPT TO command)\n`,
      'ada@mill.example bounce-soft 5.2.2',
    ],
    [
      'Sendmail',
      `The original message was received at Sun\nfrom x\n\n   ----- The following addresses had permanent fatal errors -----\n<ada@mill.example>\n    (reason: 550 5.1.1 <ada@mill.example>... User unknown)\n\n   ----- Transcript of session follows -----\n... while talking to mx:\n>>> DATA\n<<< 503 5.5.1 no\n\n   ----- Original message follows -----\n\n${ours()}`,
      'ada@mill.example bounce-hard 5.1.1',
    ],
    [
      'Exchange',
      'Your message did not reach some or all of the intended recipients.\n\n      Subject: Your order\n\nThe following recipient(s) could not be reached:\n\n      ada@mill.example on 12.05.2026 11:15\n            The e-mail account does not exist at the organization. 550 5.1.1\n',
      'ada@mill.example bounce-hard 5.1.1',
    ],
    [
      'Domino',
      'Your message\n\n  Subject: Your order\n\nwas not delivered to:\n\n  ada@mill.example\n\nbecause:\n\n  User ada not listed in Domino Directory\n',
      'ada@mill.example bounce-hard -',
    ],
    [
      'Gmail',
      'Delivery to the following recipient failed permanently:\n\n     ada@mill.example\n\nTechnical details of permanent failure:\n550 spam\n',
      'ada@mill.example bounce-soft 550',
    ],
  ])('is known by the form of %s', (_, text, line) => {
    const found = bounce(text);
    expect(lines(found)).toContainEqual(line);
    expect(found.original).toMatchObject({ verp: reference });
  });

  it('finds the sent mail below the line of copy', () => {
    expect(
      bounce(
        `Hi. This is the qmail-send program at x.\n\n<ada@mill.example>:\nno\n\n--- Below this line is a copy of the message.\n\n${ours()}`,
      ).original.messageId,
    ).toBe(`<wb.${reference}@shop.example>`);
  });

  it('has the recipients that its header lists, where the text does not', () => {
    const found = bounce('Something failed: 550 5.1.1 user unknown', 'Return-Path: <>\nX-Failed-Recipients: ada@mill.example\n');
    expect(lines(found)).toEqual(['ada@mill.example bounce-hard 5.1.1']);
    expect(lines(bounce('The address is secret.', 'X-Failed-Recipients: a@x,\n b@x\n'))).toEqual([
      'a@x bounce-soft -',
      'b@x bounce-soft -',
    ]);
  });

  it('has the only recipient of what came back, where nobody is named', () => {
    const text = `Your message could not be delivered: the user is unknown.\n\n------ This is a copy of the message ------\n\n${ours()}`;
    expect(lines(bounce(text))).toEqual(['ada@mill.example bounce-hard -']);
    expect(bounce(text.replace('To: ada@mill.example', 'To: ada@mill.example, bob@x')).recipients).toEqual([]);
  });

  it('that warns of a delay decides nothing', () => {
    const text =
      'This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours.\n\nThe address to which the message has not yet been delivered is:\n\n  ada@mill.example\n    451 4.7.1 later\n\nNo action is required on your part. Delivery attempts will continue.\n';
    expect(lines(bounce(text))).toEqual(['ada@mill.example delayed 4.7.1']);
  });

  it('is one from a gateway that is nobody in particular, when our mail came with it', () => {
    const text =
      'Your message\n\n  To: ada@mill.example\n\ndid not reach the following recipient(s):\n\nada@mill.example on Tue\n    550 mailbox unavailable\n';
    const mail = (attached: string) =>
      `From: gate@x\nTo: orders@shop.example\nSubject: Undeliverable\nContent-Type: multipart/mixed; boundary=m\n\n--m\n\n${text}\n--m\nContent-Type: message/rfc822\n\n${attached}\n--m--`;
    expect(lines(classified(mail(ours())))).toEqual(['ada@mill.example bounce-hard 550']);
    expect(classified(mail(ours().replace('<wb.', '<other.'))).kind).toBe('message');
  });
});

describe('other reports', () => {
  const arf = (fields: string) =>
    classified(
      `From: fbl@x\nTo: fbl@shop.example\nContent-Type: multipart/report; report-type=feedback-report; boundary=r\n\n--r\n\nAbuse.\n--r\nContent-Type: message/feedback-report\n\n${fields}\n--r\nContent-Type: message/rfc822\nContent-Disposition: inline\n\n${ours('redacted@mill.example')}\n--r--`,
    );

  it('are complaints, with the recipient where it is told', () => {
    expect(arf('Feedback-Type: Abuse\nOriginal-Rcpt-To: <ada@mill.example>')).toMatchObject({
      kind: 'complaint',
      recipients: [{ address: 'ada@mill.example' }],
      original: { messageId: `<wb.${reference}@shop.example>` },
    });
    expect(arf('Feedback-Type: fraud\nOriginal-Rcpt-To: redacted@x')).toMatchObject({ kind: 'complaint', recipients: [] });
    expect(arf(`Feedback-Type: abuse\nOriginal-Mail-From: <b-${reference}@bounce.shop.example>`).original.verp).toBe(reference);
  });

  it('that take a complaint back are none', () => {
    expect(arf('Feedback-Type: not-spam\nOriginal-Rcpt-To: a@x').kind).toBe('delivered');
  });

  it('about failed authentication are mails for people', () => {
    expect(arf('Feedback-Type: auth-failure').kind).toBe('message');
  });

  const mdn = (disposition: string) =>
    classified(
      `From: Ada <ada@mill.example>\nContent-Type: multipart/report; report-type=disposition-notification; boundary=r\n\n--r\n\nRead.\n--r\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;ada@mill.example\nOriginal-Message-ID: <wb.${reference}@shop.example>\nDisposition: ${disposition}\n--r--`,
    );

  it('tell that somebody has read a mail, or only that it is there', () => {
    expect(mdn('manual-action/MDN-sent-manually; displayed')).toMatchObject({
      kind: 'read',
      original: { messageId: `<wb.${reference}@shop.example>` },
    });
    expect(mdn('automatic-action/MDN-sent-automatically; deleted')).toMatchObject({
      kind: 'delivered',
      recipients: [{ action: 'deleted' }],
    });
  });
});
