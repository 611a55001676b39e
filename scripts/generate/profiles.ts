import { code, table } from '@waybill/cli';
import { genericPlatform, type Profile, platformProperties, profiles, type Quirk } from '@waybill/procurement';

/** The text of `docs/procurement-profiles.md`. */
export function profilesPage(): string {
  return `<!-- Generated from the profiles of @waybill/procurement by scripts/generate.ts. Do not edit. -->

# Profiles of procurement systems

A buyer names the procurement system that it uses, such as \`"profile": "coupa"\`, and gets the settings that are known to suit it. A profile is data: it sets defaults and
nothing else. Each setting can be overridden by the buyer, and each quirk can be switched off: \`"quirks": { "coupa-marks": false }\`.

How well a quirk is known: **high**, the vendor's own text or a real document was read; **medium**, others have compiled it from named guides of the vendor; **low**, pages of users
or sellers say so; **guess**, nobody was found who says so. A quirk that sets nothing is for people to know.

${profiles.map(section).join('\n\n')}

## Settings

What profiles set, and what a buyer may set beside its identities, hosts and maps.

${settingsTable()}
`;
}

function section({ name, title, protocol, quirks }: Profile): string {
  const head = `## ${title}\n\nProfile ${code(name)}, for ${protocol === 'oci' ? 'OCI' : 'cXML'}.`;
  if (quirks.length === 0) return `${head} It has the defaults of the settings below.`;
  return `${head}\n\n${table(['quirk', 'what it does', 'sets', 'known', 'source'], quirks.map(row))}`;
}

function row({ name, says, sets, confidence, source }: Quirk): readonly string[] {
  return [code(name), says, sets === undefined ? '' : code(JSON.stringify(sets)), confidence, source];
}

function settingsTable(): string {
  const defaults = genericPlatform as unknown as Readonly<Record<string, unknown>>;
  const rows = Object.entries(platformProperties).map(([name, schema]) => {
    const { description } = schema as { readonly description?: string };
    const preset = defaults[name];
    return [code(name), description ?? '', preset === undefined ? '' : code(JSON.stringify(preset))];
  });
  return table(['setting', 'what it is for', 'default'], rows);
}
