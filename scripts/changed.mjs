import { execFileSync } from 'node:child_process';
import { root } from './steps.mjs';

/** The code that differs from the branch `main`, committed or not; undefined where there is nothing to compare with. */
export function changedCode() {
  try {
    const [base] = git('merge-base', 'HEAD', 'main');
    const files = [...git('diff', '--name-only', '--diff-filter=d', base), ...git('ls-files', '--others', '--exclude-standard')];
    return files.filter((file) => /\.(ts|mjs|js)$/.test(file));
  } catch {
    return undefined;
  }
}

function git(...args) {
  const lines = execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n');
  return lines.filter((line) => line !== '');
}
