import type { OciProfile } from '../profiles/profiles.ts';
import type { FormField } from './oci-return.ts';

/** What a browser is to send to a catalog so that somebody can shop there: section 6.1. */
export interface OciCall {
  readonly action: string;
  readonly method: 'GET' | 'POST';
  readonly charset: string;
  readonly fields: readonly FormField[];
}

export interface OciLogin {
  readonly user: string;
  readonly password: string;
}

/** The call. `functionFields`: `FUNCTION` and what it needs; none for shopping. */
export function ociCallOf(
  shop: string,
  { method, charset, version, target, hookName }: OciProfile,
  { user, password }: OciLogin,
  hook: string,
  functionFields: Readonly<Record<string, string>> = {},
): OciCall {
  const given: Readonly<Record<string, string | undefined>> = {
    USERNAME: user,
    PASSWORD: password,
    [hookName]: hook,
    '~OkCode': 'ADDI',
    '~TARGET': target,
    '~CALLER': 'CTLG',
    OCI_VERSION: version,
    OPI_VERSION: '1.0',
    http_content_charset: charset,
    ...functionFields,
  };
  const fields = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
  return { action: shop, method, charset, fields };
}

/** As a line a field, for people: the password is masked. */
export function shownFields(fields: readonly FormField[]): string {
  return fields.map(({ name, value }) => `${name} = ${/^password$/i.test(name) ? '********' : value}`).join('\n');
}
