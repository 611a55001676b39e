import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPython, python } from './python.ts';
import { composed, documentOf } from './rig.ts';

/** Python's own reader of mails, which shares nothing with those of npm. */
const reader = String.raw`
import sys, json, base64, email, email.policy
def read(data):
    mail = email.message_from_bytes(base64.b64decode(data), policy=email.policy.default)
    defects = [str(type(d).__name__) for part in mail.walk() for d in part.defects]
    text = mail.get_body(('plain',))
    html = mail.get_body(('html',))
    lf = lambda text: text.get_content().replace('\r\n', '\n') if text else None
    return {
        'subject': str(mail['subject']),
        'to': [[a.display_name, a.addr_spec] for a in mail['to'].addresses],
        'text': lf(text),
        'html': lf(html),
        'files': [[p.get_filename(), p.get_content_type(), base64.b64encode(p.get_payload(decode=True)).decode()] for p in mail.iter_attachments()],
        'defects': defects,
    }
print(json.dumps([read(each) for each in json.load(sys.stdin)]))
`;

const words = fc.array(fc.constantFrom('order', 'ü', '北京', '😀', 'é', '12007', '€', 'A&B', "it's", 'a,b', '"quoted"', '(x)', '50 %'), {
  minLength: 1,
  maxLength: 25,
});
const line = words.map((each) => each.join(' '));
const text = fc.array(line, { minLength: 1, maxLength: 8 }).map((each) => `${each.join('\n')}\n`);
const mail = fc.record({
  // What fits into one encoded word: between two words of a name, other than of a subject, Python leaves a blank that is not there.
  name: line.map((each) => each.slice(0, 9).toWellFormed().replaceAll('\ufffd', '').trim()),
  subject: line,
  text,
  html: text,
  files: fc.array(
    fc.tuple(
      words.map((each) => `${each.join(' ').slice(0, 70).toWellFormed().replaceAll('\ufffd', '').trim()}.xml`),
      fc.uint8Array({ maxLength: 200 }),
    ),
    { maxLength: 3 },
  ),
});

function asked({ name, subject, text: plain, html, files }: typeof mail extends fc.Arbitrary<infer Value> ? Value : never) {
  const attachments = files.map(([fileName, content]) => ({
    fileName,
    contentType: 'application/xml',
    content: Buffer.from(content).toString('base64'),
  }));
  return { to: [{ name, address: 'ada@mill.example' }], subject, text: plain, html, attachments };
}

describe('a mail that is read by Python', () => {
  const interpreter = findPython(['json'], 'nobody but packages of npm reads our mails');

  it.runIf(interpreter)('says what was asked for, without a defect', () => {
    const documents = fc.sample(mail, 200).map(asked);
    const read = python(
      interpreter,
      reader,
      documents.map((each) => Buffer.from(composed(documentOf(each)).bytes).toString('base64')),
    );
    const expected = documents.map(({ to, subject, text: plain, html, attachments }) => ({
      subject,
      to: to.map(({ name, address }) => [name, address]),
      text: plain,
      html,
      files: attachments.map(({ fileName, contentType, content }) => [fileName, contentType, content]),
      defects: [],
    }));
    expect(read).toEqual(expected);
  });
});
