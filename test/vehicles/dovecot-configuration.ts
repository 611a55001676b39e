import { spawnSync } from 'node:child_process';
import { chmod, chown } from 'node:fs/promises';
import { userInfo } from 'node:os';

export interface DovecotOptions {
  /** The only abilities that it tells of: `IMAP4rev1 IDLE`. Default: all that it has. */
  readonly capabilities?: string | undefined;
  /** PEM files, with which it speaks TLS: by STARTTLS on `port`, and from the first byte on `tlsPort`. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
}

/** It refuses to keep mails as root. */
export const nobody = { uid: 65_534, gid: 65_534, user: 'nobody', group: 'nogroup' };

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Gives a file to the user as whom the server runs. */
export async function give(file: string): Promise<void> {
  if (!isRoot()) return;
  await chown(file, nobody.uid, nobody.gid);
  if (file.endsWith('dovecot.conf')) await chmod(file, 0o644);
}

/** The text of its one file. */
export function configuration(folder: string, port: number, tlsPort: number, { capabilities, tls }: DovecotOptions): string {
  const { user, group } = isRoot() ? nobody : { user: userInfo().username, group: spawnSync('id', ['-gn']).stdout.toString().trim() };
  const secure = tls ? `ssl = yes\nssl_cert = <${tls.cert}\nssl_key = <${tls.key}` : 'ssl = no';
  return `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
${secure}
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:${folder}/mail/%u
mail_fsync = never
mail_max_userip_connections = 200
maildir_very_dirty_syncs = no
default_login_user = ${user}
default_internal_user = ${user}
default_internal_group = ${group}
first_valid_uid = 1
first_valid_gid = 1
${capabilities === undefined ? '' : `imap_capability = ${capabilities}`}
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${user} gid=${group} home=${folder}/mail/%u
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  service_count = 0
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tls ? tlsPort : 0}
  }
}
`;
}
