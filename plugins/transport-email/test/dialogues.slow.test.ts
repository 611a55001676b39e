import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { type Script, startScript } from './script-server.ts';

const folder = new URL('dialogues/', import.meta.url);
const scripts = readdirSync(folder).map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Script);

describe('a mail server with which this happens', () => {
  it('is known in 29 ways', () => {
    expect(scripts.length).toBe(29);
  });

  it.each(scripts.map((script) => [script.what ?? script.id, script] as const))(
    '%s: each recipient gets the outcome that is true',
    async (_, script) => {
      expect((await judge(script, startScript)).wrong).toEqual([]);
    },
  );
});
