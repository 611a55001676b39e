/** A mail as a test writes it down. */
export interface WrittenMail {
  /** Without angle brackets. Default: none. */
  readonly id?: string | undefined;
  readonly from?: string | undefined;
  readonly subject?: string | undefined;
  readonly text?: string | undefined;
  readonly attachments?: readonly WrittenAttachment[] | undefined;
  /** Further header lines. */
  readonly headers?: readonly string[] | undefined;
}

export interface WrittenAttachment {
  readonly body: Uint8Array | string;
  readonly type?: string | undefined;
  readonly name?: string | undefined;
}

let ways = 0;

/** The bytes of a mail that has come over a server, which has written its line into it: no two deliveries are alike. */
export function mailOf(mail: WrittenMail): Buffer {
  const { id, from = 'buyer@partner.test', subject = 'An order', text = 'See what is attached.', attachments = [], headers = [] } = mail;
  const boundary = 'boundary-of-the-test';
  const head = [
    'Return-Path: <buyer@partner.test>',
    `Received: from mail.partner.test by mx.shop.test with ESMTPS id ${process.pid}-${++ways}; Fri, 27 Nov 2026 12:00:00 +0000`,
    ...headers,
    `From: ${from}`,
    'To: orders@shop.test',
    `Subject: ${subject}`,
    'Date: Fri, 27 Nov 2026 11:59:58 +0000',
    ...(id === undefined ? [] : [`Message-ID: <${id}>`]),
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    '',
  ];
  const parts = [
    ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', text],
    ...attachments.map((attachment, index) => linesOf(attachment, index)),
  ];
  const lines = [...head, ...parts.flatMap((part) => [`--${boundary}`, ...part]), `--${boundary}--`, ''];
  return Buffer.from(lines.join('\r\n'));
}

function linesOf({ body, type = 'application/xml', name = '' }: WrittenAttachment, index: number): readonly string[] {
  const encoded = Buffer.from(body).toString('base64');
  return [
    `Content-Type: ${type}`,
    `Content-Disposition: attachment; filename="${name || `document-${index + 1}.xml`}"`,
    'Content-Transfer-Encoding: base64',
    '',
    ...(encoded.match(/.{1,76}/g) ?? []),
  ];
}
