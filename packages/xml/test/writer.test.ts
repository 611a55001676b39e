import * as fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { type XmlAttributesToWrite, XmlWriter, type XmlWriterOptions } from '../src/index.ts';
import { refusal, type Tree, treeOf } from './support/recorder.ts';

describe('a written document', () => {
  it('is indented, with texts on one line and empty elements in short', () => {
    const writer = new XmlWriter({ systemId: 'Order_10.dtd' });
    writer.open('Order', { version: '1.0', kind: undefined, to: 'a' });
    writer.open('Control').empty('Verb', { value: 'Update' }).close();
    writer.leaf('Number', '12007', { type: 'ByUs' }).leaf('Comment', '').close();
    expect(writer.toString()).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE Order SYSTEM "Order_10.dtd">
<Order version="1.0" to="a">
  <Control>
    <Verb value="Update"/>
  </Control>
  <Number type="ByUs">12007</Number>
  <Comment/>
</Order>
`);
  });

  it('has no breaks without indentation, and no declaration when none is wanted', () => {
    const writer = new XmlWriter({ indent: 0, declaration: false, systemId: 'a.dtd' });
    writer.open('a').leaf('b', 'x').empty('c').close();
    expect(writer.toString()).toBe('<!DOCTYPE a SYSTEM "a.dtd"><a><b>x</b><c/></a>');
  });

  it('gains no white space inside an element with text', () => {
    const writer = new XmlWriter({ declaration: false });
    writer.open('a').open('b').text('x').open('c').empty('d').close().text('y').close().empty('e').close();
    expect(writer.toString()).toBe('<a>\n  <b>x<c><d/></c>y</b>\n  <e/>\n</a>\n');
  });

  it('has everything escaped that could be taken for markup or would be lost', () => {
    const text = `<&>"']]>\t\n\r\u0085\u2028`;
    const writer = new XmlWriter({ declaration: false, indent: 0 }).leaf('a', text, { x: text });
    expect(writer.toString()).toBe(
      `<a x="&lt;&amp;&gt;&quot;']]&gt;&#9;&#10;&#13;\u0085\u2028">&lt;&amp;&gt;"']]&gt;\t\n&#13;\u0085\u2028</a>`,
    );
  });
});

describe('what XML cannot hold', () => {
  const writer = (): XmlWriter => new XmlWriter().open('a').open('b');

  it.each(['\0', '\x08', '\x0b', '\x1f', '\ufffe', '\uffff', '\ud800', 'x\udc00y', '\udc00\ud800'])(
    'is refused with its place: %j',
    (text) => {
      expect(refusal(() => writer().text(text))).toMatchObject({ code: 'WB_XML_UNWRITABLE', at: 'a/b' });
      expect(refusal(() => writer().leaf('c', '', { x: text }))).toMatchObject({ code: 'WB_XML_UNWRITABLE', at: 'a/b/c@x' });
    },
  );

  it('is named in the error', () => {
    expect(() => writer().text('secret\x0b')).toThrow('The text contains the character U+000B, which XML does not allow.');
  });

  it.each(['', ' ', '1a', 'a b', 'a>', '-a', 'a\0', 'é\ud800', '<', 'a/'])('is no name: %j', (name) => {
    expect(refusal(() => writer().open(name)).code).toBe('WB_XML_UNWRITABLE');
    expect(refusal(() => writer().empty('c', { [name]: '' })).code).toBe('WB_XML_UNWRITABLE');
  });

  it.each(['a"b', 'a\0b'])('is no system identifier: %j', (systemId) => {
    expect(refusal(() => new XmlWriter({ systemId }).open('a')).code).toBe('WB_XML_UNWRITABLE');
  });
});

describe('calls that make no tree', () => {
  it('are refused', () => {
    expect(() => new XmlWriter().close()).toThrow(TypeError);
    expect(() => new XmlWriter().text('x')).toThrow(TypeError);
    expect(() => new XmlWriter().empty('a').open('b')).toThrow(TypeError);
    expect(() => new XmlWriter().empty('a').text('b')).toThrow(TypeError);
    expect(() => new XmlWriter().toString()).toThrow(TypeError);
    expect(() => new XmlWriter().open('a').toString()).toThrow(TypeError);
  });
});

/** Any text that XML can hold: what a UTF-16 string can, without halves of pairs and the characters that XML excludes. */
const anyText = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.string({
      unit: fc.constantFrom('<', '>', '&', '"', "'", ']', '\t', '\n', '\r', ' ', '-', '&amp;', '&#13;', '\u0085', '\u2028', '\ufeff', '🚚'),
    }),
  )
  // oxlint-disable-next-line no-control-regex -- control characters are what it is about.
  .map((text) => text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, ''));
const anyName = fc.constantFrom('a', 'Order', 'p:b', '_x-1.y', 'Größe', 'цена', '価格');
const attributes = fc.dictionary(anyName, anyText, { maxKeys: 3 }).map((all) => ({ ...all }));

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    name: anyName,
    attributes,
    content: fc.array(fc.oneof({ maxDepth: 4 }, anyText, tie('tree')), { maxLength: 4 }).map(joined),
  }),
}));

/** As a reader reports it: neighbouring texts are one, empty ones are none. */
function joined(content: readonly (Tree | string)[]): (Tree | string)[] {
  const result: (Tree | string)[] = [];
  for (const part of content) {
    const last = result.at(-1);
    if (typeof part === 'string' && typeof last === 'string') result[result.length - 1] = last + part;
    else if (part !== '') result.push(part);
  }
  return result;
}

function written(root: Tree, options?: XmlWriterOptions): string {
  const writer = new XmlWriter(options);
  const put = (part: Tree | string): void => {
    if (typeof part === 'string') {
      writer.text(part);
      return;
    }
    writer.open(part.name, part.attributes satisfies XmlAttributesToWrite);
    part.content.forEach(put);
    writer.close();
  };
  put(root);
  return writer.toString();
}

describe('what was written', () => {
  it('is read back by our reader, whatever it was', () => {
    fc.assert(
      fc.property(tree, (root) => {
        expect(treeOf(written(root, { indent: 0 }))).toEqual(root);
      }),
    );
  });

  it('is read back by our reader with indentation, where no element mixes text and children', () => {
    fc.assert(
      fc.property(tree, (mixed) => {
        const root = unmixed(mixed);
        expect(withoutBlanks(treeOf(written(root, { systemId: 'a.dtd' })))).toEqual(root);
      }),
    );
  });

  it('is read back by another reader, as an independent opinion', () => {
    fc.assert(
      fc.property(tree, (root) => {
        expect(readByAnother(written(root, { indent: 0 }))).toEqual(root);
      }),
    );
  });
});

/** Elements have children or text, never both. */
function unmixed(root: Tree): Tree {
  const children = root.content.filter((part) => typeof part !== 'string').map(unmixed);
  return { ...root, content: children.length > 0 ? children : root.content };
}

function withoutBlanks(root: Tree): Tree {
  const children = root.content.filter((part) => typeof part !== 'string').map(withoutBlanks);
  return { ...root, content: children.length > 0 ? children : root.content };
}

function readByAnother(document: string): Tree {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    trimValues: false,
    parseTagValue: false,
    parseAttributeValue: false,
    htmlEntities: true,
    ignoreDeclaration: true,
  });
  const [root] = (parser.parse(document) as readonly ForeignNode[]).map(fromAnother);
  return root as Tree;
}

type ForeignNode = Readonly<Record<string, unknown>>;

function fromAnother(node: ForeignNode): Tree | string {
  if (typeof node['#text'] === 'string') return node['#text'];
  const name = Object.keys(node).find((key) => key !== ':@')!;
  return {
    name,
    attributes: { ...(node[':@'] as Record<string, string> | undefined) },
    content: joined((node[name] as readonly ForeignNode[]).map(fromAnother)),
  };
}
