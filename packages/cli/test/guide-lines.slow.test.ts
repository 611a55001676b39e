import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { guides, root, waybill } from './waybill.ts';

const guide = await readFile(join(root, 'docs', 'writing-a-pack.md'), 'utf8');
const [, chapter = ''] = /\n## The card, and trying it out\n([\s\S]*?)\n## /.exec(guide) ?? [];
const lines = [...chapter.matchAll(/^npx waybill (.+)$/gm)].map(([, line = '']) => line);

/** The pack of the guide where its reader has it, with the messages that the lines name. */
async function packFolder(): Promise<string> {
  const folder = join(await temporaryFolder(), 'pack-returns');
  await cp(join(guides, 'pack-returns'), folder, { recursive: true, filter: (name) => !name.includes('node_modules') });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(
    join(folder, 'notice.xml'),
    '<Return_Notice version="1.0"><OrderNumber>10042</OrderNumber><Item sku="LAMP-3" quantity="2"/></Return_Notice>',
  );
  await writeFile(join(folder, 'approval.json'), JSON.stringify({ number: 'R-7', amount: '39.80', currency: 'EUR' }));
  await writeFile(join(folder, 'output.json'), JSON.stringify({ number: 'R-7' }));
  return folder;
}

describe('the lines that the guide for packs gives to a shell', () => {
  it('are there', () => {
    expect(lines.length).toBeGreaterThan(3);
  });

  it.each(lines)('do what it says: %s', async (line) => {
    const { code, stderr, stdout } = await waybill(line.split(' '), { cwd: await packFolder() });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toBe('');
  });
});
