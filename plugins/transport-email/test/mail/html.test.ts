import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOfHtml } from '../../src/mail/html/text-of-html.ts';

describe('the text of HTML', () => {
  it.each([
    ['is paragraphs with an empty line between them', '<p>One\n  two</p><p>three</p>', 'One two\n\nthree\n'],
    ['breaks its lines where they are broken', 'a<br>b<br/><br>c', 'a\nb\n\nc\n'],
    ['has lists', '<ul><li>one<li><p>two</p></ul>end', '- one\n\n- two\n\nend\n'],
    [
      'has cells with a blank between them, and a line for each row',
      '<table><tr><td>a</td><td>b</td></tr><tr><th>c<th>d</table>',
      'a b\nc d\n',
    ],
    ['tells where links go', '<a href="https://x.example/?a=1&amp;b=2">Track it</a> now', 'Track it (https://x.example/?a=1&b=2) now\n'],
    ['tells it once where the link is its own text', '<a href="https://x.example/">https://x.example/</a>', 'https://x.example/\n'],
    ['tells no link within the page', '<a href="#top">up</a>', 'up\n'],
    ['tells what images show', '<img alt="Harbour &amp; Pine" src="cid:x">', 'Harbour & Pine\n'],
    ['leaves out what nobody reads', '<head><title>x</title><style>p{}</style></head><!-- a --><script>var a = "<p>";</script>Hi', 'Hi\n'],
    ['reads characters by name and by number', '&Auml;&ouml;&szlig;&euro;&#8364;&#x20ac;&nbsp;&amp;lt;&unknown;', 'Äöß€€€ &lt;&unknown;\n'],
    ['has no control character, whatever number it is written by', 'a&#0;b&#27;c&#xd800;d', 'a b c d\n'],
    ['keeps its lines where they count', '<pre>a\n  b</pre>c', 'a\n  b\n\nc\n'],
    ['has no more than two empty lines, also where lines count', '<pre>a\n\n\n\n\n\nb</pre><br><br><br><br><br>c', 'a\n\n\nb\n\n\nc\n'],
    ['has a line where a rule stands', 'a<hr>b', `a\n${'-'.repeat(40)}\nb\n`],
    ['takes what is no tag for text', '1 < 2 and 3 > 2 <3', '1 < 2 and 3 > 2 <3\n'],
    ['does not end a tag within quotes', '<a title="a > b" href=https://x.example/>x</a>', 'x (https://x.example/)\n'],
    ['ends where a tag or a comment does not', 'a<b href="x', 'a\n'],
    ['is nothing where there is none', '<div><p> </p></div>', ''],
  ])('%s', (_, html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });

  it('never has a tag of what was a tag, and no line of blanks, whatever it is made of', () => {
    const pieces = fc.constantFrom(
      '<p>',
      '</p>',
      '<br>',
      '<a href="https://x.example">',
      '</a>',
      'text',
      ' ',
      '\n',
      '&amp;',
      '<td>',
      '</td>',
      '<li>',
      '<pre>',
      '</pre>',
      '<!--',
      '-->',
      '<style>',
      '</style>',
      '"',
      "'",
      '=',
      '<hr>',
    );
    const property = fc.property(fc.array(pieces, { maxLength: 40 }), (all) => {
      const text = textOfHtml(all.join(''));
      expect(text).not.toMatch(/<(p|br|a|td|li|pre|hr|style)\b/);
      expect(text).not.toMatch(/\n{4}/);
      expect(text === '' || text.endsWith('\n')).toBe(true);
    });
    fc.assert(property, { numRuns: 2_000 });
  });
});
