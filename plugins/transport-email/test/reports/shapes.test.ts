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
      group('Final-Recipient: rfc822;f@x', 'Action: delayed'),
    ].join('\n\n');
    const found = classified(report(status));
    expect(lines(found)).toEqual([
      'a@x bounce-hard 5.1.1',
      'b@x delayed 4.2.2',
      'c@x delivered 2.0.0',
      'd@x delivered -',
      'e@x bounce-soft 4.4.7',
      'f@x delayed -',
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

  it('that names nobody by an address speaks of the only recipient, as far as that is known', () => {
    const nameless = 'Final-Recipient: rfc822; ada\nAction: failed\nStatus: 5.1.1';
    expect(classified(report(nameless))).toMatchObject({ kind: 'bounce-hard', recipients: [], original: { verp: reference } });
    expect(lines(classified(report(nameless, { returned: ours() })))).toEqual(['ada@mill.example bounce-hard 5.1.1']);
    expect(classified(report(nameless, { returned: ours('a@x, b@x') })).recipients).toEqual([]);
    expect(classified(report(nameless, { returned: ours('" a@x') })).recipients).toEqual([]);
  });

  it('without a readable group is no bounce, and no answer either', () => {
    expect(classified(report('Reporting-MTA: dns; mx', { header: 'Auto-Submitted: auto-replied\n' }))).toMatchObject({
      kind: 'message',
      recipients: [],
    });
  });

  it('that is cut says what it says whole', () => {
    const first = 'Final-Recipient: rfc822;a@x\nAction: failed\nStatus: 5.1.1\n\n';
    const cut = (end: string) => lines(classified(report(`${first}${end}CUT`).replace(/CUT[^]*$/, '')));
    expect(cut('Final-Recipient: rfc822;b@x\nAction: failed\nStatus: 5.1')).toEqual(['a@x bounce-hard 5.1.1']);
    expect(cut('Final-Recipient: rfc822;b@x\nAct')).toEqual(['a@x bounce-hard 5.1.1']);
    expect(cut('Final-Recipient: rfc822;b@x\nAction: delayed\nStatus: 4.1.1\n')).toEqual(['a@x bounce-hard 5.1.1', 'b@x delayed 4.1.1']);
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
