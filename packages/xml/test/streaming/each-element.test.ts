import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type ElementReader, eachElement, parseXml, TreeReader, type XmlHandler, type XmlLimits, XmlStream } from '../../src/index.ts';
import { ignore, refusal } from '../support/recorder.ts';

const encoder = new TextEncoder();
const document = `<?xml version="1.0"?>
<Catalog><Owner><Row>not on its own, yet a row</Row></Owner>
  <Row id="1"><Name>Häuschen &amp; Sohn</Name>
    <Row id="inner"/></Row> text between
  <Row id="2"/><Other><Name/></Other><Row
    id="3"><![CDATA[<]]>🚚</Row>
</Catalog>
`;

function cut(body: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] {
  const ends = [...cuts.filter((at) => at <= body.length), body.length].sort((a, b) => a - b);
  return ends.map((to, index) => body.subarray(ends[index - 1] ?? 0, to));
}

const trees = (chunks: Iterable<Uint8Array>, limits?: Partial<XmlLimits>) => eachElement(chunks, 'Row', () => new TreeReader(), { limits });

async function collected<Value>(values: AsyncIterable<Value>): Promise<{ readonly values: readonly Value[]; readonly error?: unknown }> {
  const all: Value[] = [];
  try {
    for await (const value of values) all.push(value);
    return { values: all };
  } catch (error) {
    return { values: all, error };
  }
}

const faultOf = async (chunks: Iterable<Uint8Array>, limits?: Partial<XmlLimits>) => {
  const { error, values } = await collected(trees(chunks, limits));
  const { code, at } = refusal(() => {
    throw error;
  });
  return { code, at, values: values.length };
};

describe('each element of a name', () => {
  it('is given as it closes, with its place in the document', async () => {
    const { values } = await collected(trees([encoder.encode(document)]));
    expect(values.map(({ attributes, content, at }) => [attributes['id'], `${at.line}:${at.column}`, content.length])).toEqual([
      [undefined, '2:17', 1],
      ['1', '3:3', 3],
      ['2', '5:3', 0],
      ['3', '5:38', 1],
    ]);
    expect(values[1]!.content[0]).toMatchObject({ name: 'Name', content: ['Häuschen & Sohn'], at: { line: 3, column: 15 } });
    expect(values[1]!.content[2]).toMatchObject({ name: 'Row', attributes: { id: 'inner' } });
    expect(values[3]!.content).toEqual(['<🚚']);
  });

  it('is the same however the document is cut, places included', async () => {
    const body = encoder.encode(document.replaceAll('\n', '\r\n'));
    const whole = await collected(trees([body]));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(body.length), { maxLength: 20 }), async (cuts) => {
        expect(await collected(trees(cut(body, cuts)))).toEqual(whole);
      }),
    );
    expect(await collected(trees(cut(body, Array.from(body.keys()))))).toEqual(whole);
  });

  it('can be the root', async () => {
    expect((await collected(trees([encoder.encode('<Row><Row/></Row>')]))).values).toHaveLength(1);
  });

  it('goes to the reader that was made for it, which ends everything with what it throws', async () => {
    const stop = new Error('enough');
    let begun = 0;
    const begin = (): ElementReader<number> => {
      const number = ++begun;
      return {
        ...ignore,
        startElement: (name) => {
          if (name === 'Bad') throw stop;
        },
        result: number,
      };
    };
    const { values, error } = await collected(eachElement([encoder.encode('<a><Row/><Row/><Row><Bad/></Row><Row/></a>')], 'Row', begin));
    expect(values).toEqual([1, 2]);
    expect(error).toBe(stop);
  });
});

describe('a document that is wrong', () => {
  it('gives all elements in front of the fault, and tells its place in the whole document', async () => {
    const line = '<Row><Name>x</Name></Row>\n';
    const body = encoder.encode(`<Catalog>\n${line.repeat(5000)}<Row><Name>AT&T</Name></Row>\n${line}</Catalog>`);
    expect(await faultOf([body])).toEqual({ code: 'WB_XML_NOT_WELL_FORMED', at: 'Catalog/Row/Name, 5002:14', values: 5000 });
  });

  it('is refused when it ends too early', async () => {
    expect(await faultOf([encoder.encode('<Catalog><Row/><Row/>')])).toMatchObject({ code: 'WB_XML_NOT_WELL_FORMED', values: 2 });
  });
});

describe('the limits of bytes and elements', () => {
  const rows = encoder.encode(`<Catalog>${'<Other/>'.repeat(50)}${'<Row><Name>ü</Name></Row>'.repeat(50)}</Catalog>`);

  it('hold for each element, not for the document', async () => {
    expect((await collected(trees([rows], { bytes: 21, elements: 2 }))).values).toHaveLength(50);
  });

  it('may be reached and not exceeded, however the document is cut', async () => {
    const chunkings = [[rows], cut(rows, [420]), cut(rows, Array.from(rows.keys()))];
    for (const chunks of chunkings) {
      // Behind its start tag, the element has <Name>ü</Name></Row>: 21 bytes.
      expect((await collected(trees(chunks, { bytes: 21 }))).values).toHaveLength(50);
      expect(await faultOf(chunks, { bytes: 20 })).toMatchObject({ code: 'WB_XML_TOO_LARGE', values: 0 });
      expect(await faultOf(chunks, { elements: 1 })).toMatchObject({ code: 'WB_XML_TOO_MANY_ELEMENTS', values: 0 });
    }
  });

  it('refuse an element that never ends while it is collected', async () => {
    let poured = 0;
    const endless = function* (): Generator<Uint8Array, void, void> {
      yield encoder.encode('<Catalog><Row>');
      for (; poured < 1000; poured++) yield encoder.encode('<Name>some text</Name>'.repeat(1000));
    };
    expect(await faultOf(endless(), { bytes: 100_000 })).toMatchObject({ code: 'WB_XML_TOO_LARGE' });
    expect(poured).toBeLessThan(6);
  });

  it('are not those of a size that is known beforehand', () => {
    expect(() => new XmlStream(ignore, { limits: { bytes: 10 }, limitsPer: 'Row' }).expect(50_000_000)).not.toThrow();
  });
});

describe('the source', () => {
  it('is asked for more only when the elements of the last chunk were taken', async () => {
    let asked = 0;
    const source = function* (): Generator<Uint8Array, void, void> {
      yield encoder.encode('<Catalog>');
      for (;;) {
        asked += 1;
        yield encoder.encode('<Row/><Row/>');
      }
    };
    const values = trees(source());
    await values.next();
    await values.next();
    expect(asked).toBe(1);
    await values.next();
    expect(asked).toBe(2);
    await values.return();
  });

  it('is closed when the caller takes no more', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'waybill-each-'));
    afterAll(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'rows.xml'), `<Catalog>${'<Row/>'.repeat(100_000)}</Catalog>`);
    const file = createReadStream(join(folder, 'rows.xml'));
    for await (const row of eachElement(file, 'Row', () => new TreeReader())) if (row.name === 'Row') break;
    expect(file.destroyed).toBe(true);
  });
});

describe('the tree of an element', () => {
  it('can be made of a whole document, and is there when it has ended', () => {
    const tree = new TreeReader();
    const handler: XmlHandler = tree;
    expect(() => tree.result).toThrow(TypeError);
    parseXml('<a x="1">t<b/></a>', handler);
    expect(tree.result).toEqual({
      name: 'a',
      attributes: { x: '1' },
      content: ['t', { name: 'b', attributes: {}, content: [], at: { line: 1, column: 11 } }],
      at: { line: 1, column: 1 },
    });
  });
});

describe('the place of a tag', () => {
  it.each([
    ['in a line of its own', '\n  <Row/>', '2:3'],
    ['behind others in its line', '<b/>😀<Row/>', '1:9'],
    ['that goes over lines', '\r\n<b/> <Row\r\n  id="1"\n/>', '2:6'],
    ['that goes over lines from the first line on', ' <Row\nid="1"/>', '1:5'],
  ])('is where it begins: %s', async (_where, text, at) => {
    const { values } = await collected(trees([encoder.encode(`<a>${text}</a>`)]));
    expect(`${values[0]!.at.line}:${values[0]!.at.column}`).toBe(at);
  });
});
