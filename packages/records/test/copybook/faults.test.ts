import { describe, expect, it } from 'vitest';
import { type CopybookOptions, layoutFromCopybook } from '../../src/index.ts';
import { refusal } from '../support/refusal.ts';

/** Lines of a copybook, from column 8 on. */
const fixed = (...lines: readonly string[]) => lines.map((line) => `       ${line}`).join('\n');

interface Case {
  readonly what: string;
  readonly text: string;
  readonly options?: CopybookOptions;
  readonly at: string;
  readonly says: RegExp;
}

const cases: readonly Case[] = [
  { what: 'nothing', text: '', at: '1:1', says: /no items/ },
  { what: 'text in columns that are no text', text: '01 R.\n   05 A PIC X.', at: '1:1', says: /Columns 1 to 6/ },
  { what: 'an unknown sign in column 7', text: '01  CUSTOMER.\n', at: '1:7', says: /Column 7 holds "S"/ },
  { what: 'a level that does not exist', text: fixed('01 R.', '   50 A PIC X.'), at: '2:11', says: /level number .* there is 50/ },
  {
    what: 'a level beside none',
    text: fixed('01 R.', '   10 A.', '      15 B PIC X.', '   07 C PIC X.'),
    at: '4:11',
    says: /level 7 is neither below 1 nor beside 10/,
  },
  { what: 'items below a picture', text: fixed('01 R.', '   05 A PIC X.', '      10 B PIC X.'), at: '3:14', says: /A has a picture/ },
  { what: 'no picture', text: fixed('01 R.', '   05 A.', '   05 B PIC X.'), at: '2:11', says: /A has no picture/ },
  {
    what: 'a missing period before a level',
    text: fixed('01 R.', '   05 A PIC X(2)', '   05 B PIC X.'),
    at: '2:20',
    says: /A does not end with a period before 05 in line 3/,
  },
  { what: 'a missing period at the end', text: fixed('01 R.', '   05 A PIC X(2)'), at: '2:20', says: /does not end with a period/ },
  {
    what: 'a missing period behind a value',
    text: fixed('01 R.', '   05 A PIC 9 VALUE 0', '   05 B PIC X.'),
    at: '2:28',
    says: /period before 05/,
  },
  {
    what: 'a missing period behind a condition',
    text: fixed('01 R.', '   05 A PIC 9.', '      88 ONE VALUE 1', '   05 B PIC X.'),
    at: '4:16',
    says: /ONE has PIC/,
  },
  { what: 'an unknown clause', text: fixed('01 R.', '   05 A PIK X.'), at: '2:16', says: /PIK is no clause/ },
  { what: 'a clause twice', text: fixed('01 R.', '   05 A PIC X PIC X.'), at: '2:22', says: /PIC twice/ },
  {
    what: 'a symbol that no picture has',
    text: fixed('01 R.', '   05 A PIC 9Q(3).'),
    at: '2:20',
    says: /picture 9Q\(3\) of A has the symbol "Q"/,
  },
  { what: 'a picture with two points', text: fixed('01 R.', '   05 A PIC 9V9V9.'), at: '2:20', says: /order that means nothing/ },
  { what: 'a picture with brackets that do not match', text: fixed('01 R.', '   05 A PIC X(3.'), at: '2:20', says: /brackets/ },
  { what: 'a picture with a count of nothing', text: fixed('01 R.', '   05 A PIC X(0).'), at: '2:20', says: /count/ },
  { what: 'more digits than any number has', text: fixed('01 R.', '   05 A PIC 9(39).'), at: '2:20', says: /more than 38/ },
  { what: 'more binary digits than eight bytes', text: fixed('01 R.', '   05 A PIC 9(19) COMP.'), at: '2:20', says: /at most 18/ },
  { what: 'floating point', text: fixed('01 R.', '   05 A COMP-1.'), at: '2:16', says: /COMP-1, which is not supported/ },
  {
    what: 'a usage of another compiler',
    text: fixed('01 R.', '   05 A PIC 9 USAGE COMP-X.'),
    at: '2:28',
    says: /COMP-X, which is not supported/,
  },
  { what: 'national characters', text: fixed('01 R.', '   05 A PIC N(4).'), at: '2:20', says: /national/ },
  { what: 'text that is packed', text: fixed('01 R.', '   05 A PIC X COMP-3.'), at: '2:22', says: /COMP-3, which the picture X cannot be/ },
  { what: 'a sign without S', text: fixed('01 R.', '   05 A PIC 9 SIGN LEADING.'), at: '2:20', says: /no S/ },
  { what: 'a sign on neither side', text: fixed('01 R.', '   05 A PIC S9 SIGN MIDDLE.'), at: '2:28', says: /MIDDLE/ },
  {
    what: 'redefining what is not there',
    text: fixed('01 R.', '   05 A PIC X.', '   05 B PIC X.', '   05 C REDEFINES A PIC X.'),
    at: '4:26',
    says: /C redefines A/,
  },
  { what: 'a table without a count', text: fixed('01 R.', '   05 A PIC X OCCURS TIMES.'), at: '2:29', says: /where a number is expected/ },
  { what: 'a table that varies without DEPENDING', text: fixed('01 R.', '   05 A PIC X OCCURS 1 TO 3.'), at: '2:22', says: /DEPENDING/ },
  {
    what: 'a table of fewer than nothing',
    text: fixed('01 R.', '   05 N PIC 9.', '   05 A PIC X OCCURS 4 TO 3 DEPENDING ON N.'),
    at: '3:22',
    says: /4 TO 3/,
  },
  {
    what: 'a count that stands behind its table',
    text: fixed('01 R.', '   05 A PIC X OCCURS 1 TO 3 DEPENDING ON N.', '   05 N PIC 9.'),
    at: '2:22',
    says: /does not stand before it/,
  },
  {
    what: 'a count of which there are two',
    text: fixed('01 R.', '   05 A.', '    10 N PIC 9.', '   05 B.', '    10 N PIC 9.', '   05 T PIC X OCCURS 1 TO 3 DEPENDING ON N.'),
    at: '6:22',
    says: /of which there are several/,
  },
  { what: 'two items of one name', text: fixed('01 R.', '   05 A PIC X.', '   05 a PIC X.'), at: '3:11', says: /two items a/ },
  {
    what: 'a literal that is not closed',
    text: fixed('01 R.', "   05 A PIC X VALUE 'X.", '   05 B PIC X.'),
    at: '2:30',
    says: /not closed/,
  },
  {
    what: 'a continued literal without a quote',
    text: `${fixed('01 R.', "   05 A PIC X VALUE 'X")}\n      -    Y'.`.replace("Y'", 'Y'),
    at: '3:8',
    says: /no quote/,
  },
  { what: 'COPY', text: fixed('01 R.', '   COPY OTHER.'), at: '2:11', says: /COPY/ },
  { what: 'several records', text: fixed('01 A.', '   05 X PIC X.', '01 B.', '   05 Y PIC X.'), at: '3:8', says: /several records/ },
  {
    what: 'a record that is not there',
    text: fixed('01 A.', '   05 X PIC X.'),
    options: { record: 'B' },
    at: 'record',
    says: /no record B/,
  },
  {
    what: 'a choice for nothing',
    text: fixed('01 A.', '   05 X PIC X.'),
    options: { choose: { Y: { always: 'X' } } },
    at: 'choose.Y',
    says: /Nothing .* redefines Y/,
  },
  {
    what: 'a choice of what is not there',
    text: fixed('01 A.', ' 05 X PIC X.', ' 05 Y REDEFINES X PIC X.'),
    options: { choose: { X: { always: 'Z' } } },
    at: 'choose.X',
    says: /Z is none/,
  },
  {
    what: 'SYNC behind a table that varies',
    text: fixed('01 R.', ' 05 N PIC 9.', ' 05 T PIC X OCCURS 0 TO 9 DEPENDING ON N.', ' 05 B PIC 9(4) COMP SYNC.'),
    at: '4:9',
    says: /SYNC behind/,
  },
  {
    what: 'SYNC where compilers differ',
    text: fixed('01 R.', ' 05 K PIC X.', ' 05 G.', '  10 B PIC 9(4) COMP SYNC.'),
    at: '4:10',
    says: /compilers differ/,
  },
  { what: 'a table of fillers with fields', text: fixed('01 R.', ' 05 OCCURS 3.', '  10 A PIC X.'), at: '2:9', says: /needs a name/ },
];

describe('a copybook', () => {
  it.each(cases)('with $what is refused at its place', ({ text, options, at, says }) => {
    const error = refusal(() => layoutFromCopybook(text, options));
    expect({ code: error.code, at: error.at, message: error.message }).toEqual({
      code: 'WB_RECORD_COPYBOOK',
      at,
      message: expect.stringMatching(says),
    });
  });
});
