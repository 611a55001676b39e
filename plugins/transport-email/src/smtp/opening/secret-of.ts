import { readFile } from 'node:fs/promises';
import { errors } from '../../errors.ts';
import type { OneSecret } from '../../settings/proof.ts';

/** A secret of the settings, or of its file without the newline at the end. Throws WB_EMAIL_LOGIN when the file cannot be read. */
export async function secretOf(secret: OneSecret): Promise<string> {
  if (typeof secret === 'string') return secret;
  try {
    return (await readFile(secret.file, 'utf8')).replace(/\r?\n$/, '');
  } catch (cause) {
    throw errors.WB_EMAIL_LOGIN(`What proves who this side is cannot be read from ${secret.file}.`, { outcome: 'not-sent', cause });
  }
}
