import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../scripts/generate/files.ts';
import { plugins, textOf } from '../scripts/generate/workspace.ts';

const { files, problems } = await generatedFiles();

describe('what is generated and committed', () => {
  it('can be generated', () => {
    expect(problems).toEqual([]);
  });

  it.each([...files])('is fresh: %s', (file, text) => {
    expect(textOf(file), 'run `npm run generate` and commit the result').toBe(text);
  });

  it('holds the card of every plugin', () => {
    expect(plugins.filter(({ folder }) => !files.has(`${folder}/waybill.plugin.json`))).toEqual([]);
  });
});
