import { manifestSchema } from '@waybill/manifest';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { writeBytes } from '../files.ts';
import { choosePlugins, type PluginChoice } from '../plugins/packs.ts';
import { readCard } from '../plugins/plugin-packages.ts';
import { json, type Terminal } from '../terminal.ts';

export interface SchemaOptions extends PluginChoice {
  /** Where to write; default standard output. */
  readonly out?: string;
}

/** `waybill schema`: what an editor needs to complete and check a manifest, from the cards of the plugins. */
export function schema(options: SchemaOptions, terminal: Terminal): ExitCode {
  const text = json(manifestSchema(choosePlugins(options).map(readCard)));
  if (options.out === undefined) terminal.out(text);
  else writeBytes(options.out, `${text}\n`);
  return exitCode.done;
}
