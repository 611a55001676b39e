/** Numbers that look random and are the same each time: mulberry32. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What means something in a mail. */
const pieces = [
  '\r\n',
  '\r\n\r\n',
  '--',
  '=?utf-8?B?',
  '?=',
  '"',
  '(',
  ')',
  '<',
  '>',
  ';',
  ':',
  '=',
  '\0',
  '\xff',
  ' ',
  '\t',
  '\\',
  'multipart/mixed',
  '@',
  '%',
  "''",
  '*0*=',
];

/** Changes a few bytes here and there. */
export function damaged(mail: Buffer, random: (below: number) => number): Buffer {
  let bytes = mail;
  for (let edits = 1 + random(6); edits > 0; edits--) {
    const at = random(bytes.length + 1);
    const taken = random(3) === 0 ? random(12) : 1;
    const given = Buffer.from(pieces[random(pieces.length)] ?? '', 'latin1');
    const insert = random(4) === 0 ? Buffer.from([random(256)]) : given;
    bytes = Buffer.concat([
      bytes.subarray(0, at),
      random(3) === 0 ? Buffer.alloc(0) : insert,
      bytes.subarray(at + (random(2) === 0 ? taken : 0)),
    ]);
  }
  return bytes;
}

/** Moves whole lines and runs of bytes about, and cuts: what two mails become when a disk or a program is broken. */
export function wrecked(mail: Buffer, other: Buffer, random: (below: number) => number): Buffer {
  const from = random(mail.length);
  const to = from + random(mail.length - from);
  const piece = mail.subarray(from, to);
  const start = random(other.length);
  switch (random(5)) {
    case 0:
      return mail.subarray(0, from);
    case 1:
      return Buffer.concat([mail.subarray(0, from), mail.subarray(to)]);
    case 2:
      return Buffer.concat([mail.subarray(0, to), piece, mail.subarray(to)]);
    case 3:
      return Buffer.concat([mail.subarray(0, from), other.subarray(start, start + random(500)), mail.subarray(from)]);
    default: {
      const lines = mail.toString('latin1').split('\n');
      const [one, two] = [random(lines.length), random(lines.length)];
      const moved = lines.with(one, lines[two] ?? '').with(two, lines[one] ?? '');
      return Buffer.from(moved.join('\n'), 'latin1');
    }
  }
}
