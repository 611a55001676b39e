import { readFileSync, writeFileSync } from 'node:fs';
import { errors } from './errors.ts';

/** The bytes of a file, or of standard input for `-`. Throws `WB_CLI_NO_FILE`. */
export function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (cause) {
    throw errors.WB_CLI_NO_FILE(`${file} cannot be read.`, { cause });
  }
}

/** Throws `WB_CLI_NO_FILE`. */
export function writeBytes(file: string, bytes: Uint8Array | string): void {
  try {
    writeFileSync(file, bytes);
  } catch (cause) {
    throw errors.WB_CLI_NO_FILE(`${file} cannot be written.`, {
      hint: 'Check the path, which is relative to the working folder: its folder has to exist, and this user has to be allowed to write there.',
      cause,
    });
  }
}

/** The JSON value in a file. Throws `WB_CLI_NO_FILE` and `WB_CLI_BAD_DATA`. */
export function readJson(file: string): unknown {
  const text = new TextDecoder().decode(readBytes(file));
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw errors.WB_CLI_BAD_DATA(`${file} is not JSON.`, { cause });
  }
}
