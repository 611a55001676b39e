import { join } from 'node:path';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/generate/workspace.ts';
import { run } from '../house/commands.ts';
import { settleIn, takeFirstSteps } from './first-steps.ts';
import { binaryOf, promised } from './nodes.ts';

describe.each(promised)('Node %s', (version) => {
  it('runs the first steps of the README, from tarballs, with nothing on its standard error but the log', async () => {
    const node = await binaryOf(version);
    if (!node) return;
    expect(await takeFirstSteps(await settleIn(join(await temporaryFolder(), 'somebody')), { command: [node] })).toBe(0);
  });

  it('plays the order flow', async () => {
    const node = await binaryOf(version);
    if (!node) return;
    const { code, stdout } = await run(node, [join(root, 'examples', 'order-flow', 'dist', 'main.js'), '--once']);
    expect(stdout).toContain('has reached everybody.');
    expect(code).toBe(0);
  });
});
