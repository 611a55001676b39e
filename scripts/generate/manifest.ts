import { settingRows, settingTable } from '@waybill/cli';
import type { JsonSchema } from '@waybill/contract/host';
import { manifestShapes } from '@waybill/manifest';

const sections: readonly (readonly [part: keyof typeof manifestShapes, title: string, text: string])[] = [
  ['manifest', 'The manifest', 'A JSON file (comments and trailing commas are allowed) or a YAML file, `waybill.json` by default.'],
  ['journal', '`journal`', 'Beside these keys stand the settings of the journal that `use` names.'],
  ['connection', '`connections`', 'Each has a name of its own. Beside this key stand the settings of the transport.'],
  ['inbound', '`inbound`', 'Each entry has a name of its own. Beside these keys stand the settings that its transport has for receiving.'],
  ['outbound', '`outbound`', 'Each entry has a name of its own. Beside these keys stand the settings that its transport has for sending.'],
  ['route', '`routes`', 'A list. Routes for the store of an event come before those without a store.'],
];

/** The text of `docs/manifest.md`. */
export function manifestPage(): string {
  const parts = sections.map(([part, title, text]) => {
    const schema = manifestShapes[part] as unknown as JsonSchema;
    return `## ${title}\n\n${text}\n\n${settingTable(settingRows(schema))}\n`;
  });
  return `<!-- Generated from packages/manifest/src/shape.ts by scripts/generate.ts. Do not edit. -->

# The manifest

A manifest says which plugins there are, what they connect to, and which messages go where. \`waybill check\` checks it without running
anything. What plugins add to it stands in their READMEs and is printed by \`waybill docs\`. With \`waybill schema --out waybill.schema.json\` and
\`"$schema": "./waybill.schema.json"\` an editor completes all of it while you write.

Lengths of time carry their unit (\`250ms\`, \`30s\`, \`5m\`, \`2h\`, \`7d\`), and so do amounts of data (\`512B\`, \`64KB\`, \`10MB\`, \`1GB\`). Any text may
hold \`\${env:NAME}\` or \`\${file:path}\`; secrets have to. \`$\${\` stands for \`\${\` itself. Names are made of a to z, 0 to 9 and hyphens.

${parts.join('\n')}`;
}
