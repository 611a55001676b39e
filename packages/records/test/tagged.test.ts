import { describe, expect, it } from 'vitest';
import { surplusKey, type Tag, TaggedFormat } from '../src/index.ts';
import { refusal } from './support/refusal.ts';

const message: Tag = {
  tag: 'MSG',
  tags: [
    {
      tag: 'HEAD',
      layout: {
        name: 'HEAD',
        items: [
          { name: 'A', length: 3 },
          { name: 'B', length: 2 },
          { name: 'C', length: 2 },
        ],
      },
      least: 3,
    },
    {
      tag: 'LIST',
      min: 0,
      tags: [{ tag: 'ROW', min: 0, max: 3, layout: { name: 'ROW', items: [{ name: 'N', type: 'number', length: 4 }] } }],
    },
    { tag: 'NOTE', min: 0, surplus: 'refuse', layout: { name: 'NOTE', items: [{ name: 'T', length: 5 }] } },
  ],
};
const format = new TaggedFormat(message);
const read = (text: string) => format.decode(Buffer.from(text));
const written = (values: Parameters<typeof format.encode>[0]) => Buffer.from(format.encode(values)).toString();

describe('where a segment ends', () => {
  it('is behind its full width, whatever stands in it', () => {
    expect(read('<MSG><HEAD></H>xy </HEAD></MSG>')).toEqual({ HEAD: { A: '</H', B: '>x', C: 'y' } });
  });

  it('is behind its full width, even if its own closing tag stands in it where a field ends', () => {
    const layout = {
      name: 'S',
      items: [
        { name: 'A', length: 3 },
        { name: 'B', length: 9 },
      ],
    };
    const own = new TaggedFormat({ tag: 'S', layout, least: 3 });
    expect(own.decode(Buffer.from('<S>abc</S> more</S>'))).toEqual({ A: 'abc', B: '</S> more' });
    expect(own.decode(Buffer.from('<S>abc</S>'))).toEqual({ A: 'abc' });
  });

  it('may be at the end of a field behind the documented part: the rest is absent', () => {
    expect(read('<MSG><HEAD>abc</HEAD></MSG>')).toEqual({ HEAD: { A: 'abc' } });
    expect(read('<MSG><HEAD>abcde</HEAD></MSG>')).toEqual({ HEAD: { A: 'abc', B: 'de' } });
  });

  it('is behind a surplus, which is kept word for word and written back', () => {
    const text = '<MSG><HEAD>abcdefg and </more\0\n </HEAD></MSG>';
    const values = read(text);
    expect(values).toEqual({ HEAD: { A: 'abc', B: 'de', C: 'fg', [surplusKey]: ' and </more\0\n ' } });
    expect(written(values)).toBe(text);
  });

  it.each([
    ['inside a field', '<MSG><HEAD>abcd</HEAD></MSG>', 'MSG/HEAD, character 18'],
    ['inside the documented part', '<MSG><HEAD>ab</HEAD></MSG>', 'MSG/HEAD, character 18'],
    ['nowhere', '<MSG><HEAD>abcdefg', 'MSG/HEAD, character 18'],
    ['where another tag has come before', '<MSG><HEAD>abcdef</HEAD><LIST></LIST><HEAD>abcdefg</HEAD></MSG>', 'MSG/HEAD, character 18'],
  ])('is refused %s', (_where, text, at) => {
    expect(refusal(() => read(text))).toMatchObject({ code: 'WB_RECORD_SEGMENT_END', at });
  });

  it('is refused behind a surplus where none may be', () => {
    const error = refusal(() => read('<MSG><HEAD>abcdefg</HEAD><NOTE>12345 6</NOTE></MSG>'));
    expect(error).toMatchObject({ code: 'WB_RECORD_TOO_LONG', at: 'MSG/NOTE, character 36' });
  });
});

describe('the order of tags', () => {
  const head = '<HEAD>abcdefg</HEAD>';

  it.each([
    ['a message of another kind', '<OTHER></OTHER>', 'WB_RECORD_UNEXPECTED_TAG', 'MSG, character 0'],
    ['nothing at all', '', 'WB_RECORD_UNEXPECTED_TAG', 'MSG, character 0'],
    ['a segment that is missing', '<MSG><LIST></LIST></MSG>', 'WB_RECORD_MISSING_SEGMENT', 'MSG/HEAD, character 5'],
    ['a segment twice', `<MSG>${head}${head}</MSG>`, 'WB_RECORD_UNEXPECTED_TAG', 'MSG/HEAD, character 25'],
    [
      'too many of a list',
      `<MSG>${head}<LIST>${'<ROW>1   </ROW>'.repeat(4)}</LIST></MSG>`,
      'WB_RECORD_UNEXPECTED_TAG',
      'MSG/LIST/ROW[4], character 76',
    ],
    ['a tag too late', `<MSG>${head}<NOTE>12345</NOTE><LIST></LIST></MSG>`, 'WB_RECORD_UNEXPECTED_TAG', 'MSG/LIST, character 43'],
    ['an unknown tag', `<MSG>${head}<X></X></MSG>`, 'WB_RECORD_UNEXPECTED_TAG', 'MSG, character 25'],
    ['something between tags', `<MSG>${head}abc</MSG>`, 'WB_RECORD_UNEXPECTED_TAG', 'MSG, character 25'],
    ['something where a segment has to begin', '<MSG>abc<HEAD>abcdefg</HEAD></MSG>', 'WB_RECORD_UNEXPECTED_TAG', 'MSG, character 5'],
    ['an end that is missing', `<MSG>${head}`, 'WB_RECORD_UNEXPECTED_TAG', 'MSG, character 25'],
    ['something behind the end', `<MSG>${head}</MSG>x`, 'WB_RECORD_UNEXPECTED_TAG', 'MSG, character 31'],
  ])('is broken by %s', (_what, text, code, at) => {
    expect(refusal(() => read(text))).toMatchObject({ code, at });
  });

  it('tells what may stand there', () => {
    expect(refusal(() => read(`<MSG>${head}<X></X></MSG>`)).hint).toBe('There can be <HEAD>, <LIST>, <NOTE>, </MSG>, in this order.');
  });

  it('lets a list be there without entries, which is written again', () => {
    const text = `<MSG>${head}<LIST></LIST></MSG>`;
    expect(read(text)).toMatchObject({ LIST: { ROW: [] } });
    expect(written(read(text))).toBe(text);
  });
});

describe('a message that is written', () => {
  const HEAD = { A: 'abc' };

  it('has its mandatory segments, and of the others those with values', () => {
    expect(written({ LIST: { ROW: [{ N: '1' }, {}] } })).toBe('<MSG><HEAD>       </HEAD><LIST><ROW>1   </ROW><ROW>    </ROW></LIST></MSG>');
  });

  it.each([
    ['more entries than may be', { HEAD, LIST: { ROW: [{}, {}, {}, {}] } }, 'WB_RECORD_WRONG_COUNT', 'MSG/LIST/ROW'],
    ['an unknown tag', { HEAD, OTHER: {} }, 'WB_RECORD_UNKNOWN_NAME', 'MSG/OTHER'],
    ['an unknown field', { HEAD: { D: '1' } }, 'WB_RECORD_UNKNOWN_NAME', 'MSG/HEAD/D'],
    ['a list that is none', { HEAD, LIST: { ROW: { N: '1' } } }, 'WB_RECORD_BAD_VALUE', 'MSG/LIST/ROW'],
    ['a segment that is a text', { HEAD: 'abc' }, 'WB_RECORD_BAD_VALUE', 'MSG/HEAD'],
    ['a value of the wrong type in an entry', { HEAD, LIST: { ROW: [{}, { N: 'x' }] } }, 'WB_RECORD_BAD_VALUE', 'MSG/LIST/ROW[2]/N'],
    ['a surplus with a tag in it', { HEAD: { ...HEAD, [surplusKey]: '</HEAD>' } }, 'WB_RECORD_DOES_NOT_FIT', 'MSG/HEAD'],
    ['a surplus where none may be', { HEAD, NOTE: { [surplusKey]: 'x' } }, 'WB_RECORD_DOES_NOT_FIT', 'MSG/NOTE'],
  ])('is refused with %s', (_what, values, code, at) => {
    expect(refusal(() => format.encode(values))).toMatchObject({ code, at });
  });
});

describe('the head of a message', () => {
  it('is its first segment, and what is wrong behind it does not matter', () => {
    expect(format.head(Buffer.from(' <MSG>\n<HEAD>abcdefg</HEAD> and so on'))).toEqual({ HEAD: { A: 'abc', B: 'de', C: 'fg' } });
  });

  it('is refused where there is none', () => {
    expect(refusal(() => format.head(Buffer.from('<MSG><LIST>')))).toMatchObject({
      code: 'WB_RECORD_UNEXPECTED_TAG',
      at: 'MSG/HEAD, character 5',
    });
  });
});

describe('a message in bytes', () => {
  const bytes = new TaggedFormat(message, { units: 'bytes' });

  it('has its offsets in bytes, and a byte order mark before it counts', () => {
    const text = '\ufeff<MSG><HEAD>éc</HEAD></MSG>';
    expect(bytes.decode(Buffer.from(text))).toEqual({ HEAD: { A: 'éc' } });
    expect(refusal(() => bytes.decode(Buffer.from(`${text}x`)))).toMatchObject({ at: 'MSG, byte 30' });
  });

  it('is refused where a width cuts a character', () => {
    expect(refusal(() => bytes.decode(Buffer.from('<MSG><HEAD>abécdef</HEAD></MSG>')))).toMatchObject({
      at: expect.stringMatching(/^MSG\/HEAD/),
    });
  });
});
