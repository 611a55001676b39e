import { Type as TypeBox } from 'typebox';
import { describe, expect, it } from 'vitest';
import { Type } from '../../src/index.ts';

/** Every builder with and without options, built by either library. */
function schemas(T: typeof Type) {
  const text = T.String({ description: 'A text.', minLength: 1 });
  return {
    text,
    flag: T.Boolean({ default: true }),
    count: T.Integer({ minimum: 1 }),
    share: T.Number(),
    word: T.Literal('none', { description: 'Nothing.' }),
    three: T.Literal(3),
    truth: T.Literal(true),
    anything: T.Unknown(),
    unsafe: T.Unsafe<number>({ type: 'string', pattern: '^a' }),
    list: T.Array(text, { minItems: 1 }),
    choice: T.Union([T.Literal('a'), T.Object({ b: text })], { description: 'One of two.' }),
    record: T.Record(T.String(), text, { description: 'By name.' }),
    record2: T.Record(T.String({ pattern: '^x' }), text),
    nothing: T.Object({}),
    allOptional: T.Object({ a: T.Optional(text) }),
    object: T.Object(
      { a: text, b: T.Optional(T.Object({ c: text })), d: T.Optional(T.Integer({ default: 3 })) },
      { additionalProperties: false },
    ),
  };
}

describe('the builders', () => {
  it('write what TypeBox writes', () => {
    const ours = schemas(Type);
    const theirs = schemas(TypeBox);
    for (const name of Object.keys(ours) as (keyof typeof ours)[])
      expect([name, JSON.parse(JSON.stringify(ours[name]))]).toEqual([name, JSON.parse(JSON.stringify(theirs[name]))]);
  });

  it('can be mixed with those of TypeBox', () => {
    const theirs = TypeBox.Object({ a: Type.Optional(Type.String()), b: Type.String() });
    const ours = Type.Object({ a: TypeBox.Optional(TypeBox.String()), b: TypeBox.String() });
    expect(theirs.required).toEqual(['b']);
    expect(ours.required).toEqual(['b']);
  });
});
