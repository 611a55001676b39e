import { describe, expect, it } from 'vitest';
import { classified, lines, ours, reference, report } from './shapes.ts';

const group = (...fields: readonly string[]) => fields.join('\n');

describe('a delivery report', () => {
  it('speaks of each recipient by itself, whatever the case and the comments', () => {
    const status = [
      'Reporting-MTA: dns; mx',
      group('Final-Recipient: RFC822;a@x', 'Action: FAILED (user unknown)', 'Status: 5.1.1 (bad)'),
      group('Final-Recipient: rfc822; <b@x>', 'ACTION: Delayed', 'Status: 4.2.2'),
      group('Action: relayed (to a mailer that tells nothing)', 'Final-Recipient: c@x', 'Status: 2.0.0'),
      group('Final-Recipient: rfc822;d@x', 'Action: expanded'),
      group('Final-Recipient: rfc822;e@x', 'Action: failed', 'Status: 4.4.7'),
    ].join('\n\n');
    const found = classified(report(status));
    expect(lines(found)).toEqual([
      'a@x bounce-hard 5.1.1',
      'b@x delayed 4.2.2',
      'c@x delivered 2.0.0',
      'd@x delivered -',
      'e@x bounce-soft 4.4.7',
    ]);
    expect(found.kind).toBe('bounce-hard');
  });

  it('is read without empty lines between its groups, and with blank ones', () => {
    const fields = [
      'Reporting-MTA: dns; mx',
      'Final-Recipient: rfc822;a@x',
      'Action: failed',
      'Status: 5.1.1',
      'Final-Recipient: rfc822;b@x',
      'Action: delayed',
      'Status: 4.0.0',
    ];
    expect(lines(classified(report(fields.join('\n'))))).toEqual(['a@x bounce-hard 5.1.1', 'b@x delayed 4.0.0']);
    expect(lines(classified(report(fields.slice(0, 4).join('\n').replace('\nFinal', '\n \t\n\n\nFinal'))))).toEqual([
      'a@x bounce-hard 5.1.1',
    ]);
  });

  it('is read from base64, although that is forbidden, and from a part in the wrong multipart', () => {
    const status = Buffer.from('Final-Recipient: rfc822;a@x\r\nAction: failed\r\nStatus: 5.1.1\r\n').toString('base64');
    expect(
      lines(
        classified(
          report('X').replace('message/delivery-status\n\nX', `message/delivery-status\nContent-Transfer-Encoding: base64\n\n${status}`),
        ),
      ),
    ).toEqual(['a@x bounce-hard 5.1.1']);
    const mixed = report('Final-Recipient: rfc822;a@x\nAction: failed\nStatus: 5.1.1').replace('multipart/report', 'multipart/mixed');
    expect(classified(mixed).kind).toBe('bounce-hard');
  });

  it('has one verdict for a recipient that it names twice, the worst', () => {
    const status =
      'Final-Recipient: rfc822;a@x\nAction: delayed\nStatus: 4.0.0\n\nFinal-Recipient: rfc822;A@X\nAction: failed\nStatus: 5.1.1\n\nFinal-Recipient: rfc822;a@x\nAction: delivered';
    expect(lines(classified(report(status)))).toEqual(['A@X bounce-hard 5.1.1']);
  });

  it.each([
    ['Original-Recipient: rfc822;ada+2Bshop@x\nFinal-Recipient: rfc822;box7@x', 'ada+shop@x (box7@x)'],
    ['Original-Recipient: rfc822;ada+shop@x\nFinal-Recipient: rfc822;ada+shop@x', 'ada+shop@x'],
    ['Original-Recipient: rfc822;ada+42@x\nFinal-Recipient: rfc822;ada+42@x', 'ada+42@x'],
    ['Original-Recipient: rfc822;ada+0Ab@x\nFinal-Recipient: rfc822;ada@x', 'ada+0Ab@x (ada@x)'],
    ['Original-Recipient: rfc822;j+C3+BCrgen@x\nFinal-Recipient: rfc822;j@x', 'jürgen@x (j@x)'],
    ['Original-Recipient: utf-8;j\\x{FC}rgen@x\nFinal-Recipient: utf-8;j\\x{110000}@x', 'jürgen@x (j\\x{110000}@x)'],
    ['Original-Recipient:\nFinal-Recipient: rfc822;ada@x', 'ada@x'],
    ['Original-Recipient: rfc822;ADA@x\nFinal-Recipient: rfc822;ada@X', 'ADA@x'],
  ])('names the recipient as we wrote to it: %s', (fields, address) => {
    expect(lines(classified(report(`${fields}\nAction: failed\nStatus: 5.1.1`)))).toEqual([`${address} bounce-hard 5.1.1`]);
  });

  it('infers a missing action from the status', () => {
    const status = (code: string) => classified(report(`Final-Recipient: rfc822;a@x\nStatus: ${code}`)).kind;
    expect(['5.1.1', '5.2.2', '4.2.2', '2.1.5'].map(status)).toEqual(['bounce-hard', 'bounce-soft', 'delayed', 'delivered']);
  });

  it('takes the words for people where its fields tell nothing', () => {
    const text =
      'The following address(es) failed:\n\n  a@x\n    mailbox is gone\n  b@x (generated from c@x)\n    retry timeout exceeded\n';
    const status =
      'Action: failed\nFinal-Recipient: rfc822;a@x\nStatus: 5.0.0\n\nAction: failed\nFinal-Recipient: rfc822;b@x\nStatus: 5.0.0';
    expect(lines(classified(report(status, { text })))).toEqual(['a@x bounce-hard 5.0.0', 'b@x bounce-soft 5.0.0']);
  });

  it('without a readable group is no bounce, and nothing is made up', () => {
    expect(classified(report('Reporting-MTA: dns; mx')).recipients).toEqual([]);
    expect(classified(report('Final-Recipient: rfc822; nobody\nAction: failed')).recipients).toEqual([]);
  });
});

describe('what a report holds to find the sent mail', () => {
  const status = 'Final-Recipient: rfc822;a@x\nAction: failed\nStatus: 5.1.1';

  it('is its envelope id, decoded and as written', () => {
    expect(classified(report(`Original-Envelope-ID: wb.${reference}+2B1\n\n${status}`)).original).toMatchObject({
      envid: `wb.${reference}+1`,
      envidAsWritten: `wb.${reference}+2B1`,
    });
  });

  it.each(['To', 'Delivered-To', 'X-Original-To', 'Envelope-To'])('is the token of our bounce address in %s', (field) => {
    const mail = report(status, { header: `${field}: <B-${reference}@bounce.shop.example>\n` });
    expect(classified(mail.replace(/^To: b-.*\n/m, '')).original).toMatchObject({ verp: reference });
  });

  it('is the Message-ID of what came back, before those that the report names otherwise', () => {
    const header = 'X-Original-Message-ID: <2@x>\nIn-Reply-To: <3@x>\nReferences: <5@x> <4@x>\n';
    expect(classified(report(status, { header, returned: ours() })).original.messageIds).toEqual([
      `<wb.${reference}@shop.example>`,
      '<2@x>',
      '<3@x>',
      '<4@x>',
      '<5@x>',
    ]);
    expect(classified(report(status, { header })).original.messageId).toBe('<2@x>');
  });

  it.each(['text/rfc822-headers', 'message/global-headers', 'message/rfc822', 'message/global'])(
    'is found in a part of the type %s',
    (type) => {
      const mail = report(status, { returned: ours() }).replace('message/rfc822', type);
      expect(classified(mail).original.messageId).toBe(`<wb.${reference}@shop.example>`);
    },
  );

  it('is the queue id of the relay that took the mail from us, and that of the reporter', () => {
    expect(classified(report(`X-Postfix-Queue-ID: 7ABC\n\n${status}`, { returned: ours() })).original.relayIds).toEqual([
      '4XkQ1v0Lz9',
      '7ABC',
    ]);
  });
});

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
