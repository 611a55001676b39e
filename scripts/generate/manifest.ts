import { code, settingRows, table } from '@waybill/cli';
import type { JsonSchema } from '@waybill/contract/host';
import { manifestShapes } from '@waybill/manifest';
import { textOf } from './workspace.ts';

const sections: readonly (readonly [part: keyof typeof manifestShapes, title: string, text: string])[] = [
  ['manifest', 'The manifest', 'A JSON file (comments and trailing commas are allowed) or a YAML file, `waybill.json` by default.'],
  ['journal', '`journal`', 'Beside these keys stand the settings of the journal that `use` names.'],
  ['connection', '`connections`', 'Each has a name of its own. Beside this key stand the settings of the transport.'],
  ['inbound', '`inbound`', 'Each entry has a name of its own. Beside these keys stand the settings that its transport has for receiving.'],
  ['outbound', '`outbound`', 'Each entry has a name of its own. Beside these keys stand the settings that its transport has for sending.'],
  [
    'route',
    '`routes`',
    'A list. Routes for the store of an event come before those without a store. With `when`, a route takes an event only where each of the business keys that it names has that value, or one of a list (`"when": { "buyer": "larkfield" }`); upper and lower case count, and of a key with several values one is enough. A name that the event does not seem to have is told in the log at the start.',
  ],
];

/** A whole manifest; a test checks it, as all manifests on our pages. */
const example = `{
  "$schema": "./waybill.schema.json",
  "plugins": [
    "@waybill/transport-file",
    "@waybill/transport-http",
    "@waybill/pack-fulfillment",
    "@waybill/journal-sqlite"
  ],
  "app": "./app.js",
  "journal": { "use": "sqlite", "path": "./data/journal.db", "keep": "90d" },
  "connections": {
    "exchange": { "transport": "file", "path": "./exchange" },
    "web": { "transport": "http", "listen": { "port": "\${env:PORT}" } }
  },
  "inbound": {
    "order-status": {
      "connection": "web",
      "path": "/order-status",
      "auth": { "basic": { "users": { "erp": "\${file:./secrets/erp}" } } },
      "messages": ["Update_WCS_OrderStatus"],
      "accept": "stored",
      "order": { "by": "key" },
      "retry": { "attempts": 10, "most": "1h" }
    }
  },
  "outbound": {
    "orders": { "connection": "exchange", "name": "order-{id}.xml" }
  },
  "routes": [
    { "event": "order.created", "message": "Report_NC_PurchaseOrder@1.0", "to": ["orders"] }
  ]
}`;

function keyTable(schema: JsonSchema): string {
  const rows = settingRows(schema).map((row) => [
    code(row.name),
    row.type,
    row.default === undefined ? (row.required ? '**required**' : 'none') : code(row.default),
    row.description,
    row.examples.map(code).join(', '),
  ]);
  return table(['key', 'type', 'default', 'what it is for', 'example'], rows);
}

/** The text of `docs/manifest.md`. */
export function manifestPage(): string {
  const parts = sections.map(([part, title, text]) => `## ${title}\n\n${text}\n\n${keyTable(manifestShapes[part])}\n`);
  return `<!-- Generated from packages/manifest/src/shape.ts by scripts/generate.ts. Do not edit. -->

# The manifest

A manifest says which plugins there are, what they connect to, and which messages go where. \`waybill check\` checks it without running
anything. What plugins add to it stands in their READMEs and is printed by \`waybill docs\`.

\`\`\`json
${example}
\`\`\`

Lengths of time carry their unit (\`250ms\`, \`30s\`, \`5m\`, \`2h\`, \`7d\`), and so do amounts of data (\`512B\`, \`64KB\`, \`10MB\`, \`1GB\`). Any text may
hold \`\${env:NAME}\` or \`\${file:path}\`; secrets have to. \`$\${\` stands for \`\${\` itself. Names are made of a to z, 0 to 9 and hyphens.

An editor completes all of it while you write, with the settings of your plugins, once this has written the schema that \`$schema\` names:

\`\`\`sh
npx waybill schema --out waybill.schema.json
\`\`\`

What would change for a system that runs, and which of its messages would belong to nobody:

\`\`\`sh
npx waybill plan waybill.next.json --against waybill.json
\`\`\`

In TypeScript a manifest can be an object. The compiler then refuses a misspelt key, a word that there is not and a length of time without its unit:

\`\`\`ts
${textOf('test/guides/manifest-in-code/kernel.ts') ?? ''}\`\`\`

Settings of plugins stay open there; \`defineManifest<{ inbound: MySettings }>(…)\` gives them their types.

${parts.join('\n')}`;
}
