const told = new Set<string>();

/**
 * Whether a test can use something that a machine may lack, a program or a server. Where it is missing, the reason is printed once;
 * with `WAYBILL_REQUIRE_VEHICLES=1` in the environment it is an error instead, so that no check is left out unseen.
 *
 * @param name what is needed, `xmllint` for instance
 * @param isThere looks for it
 * @param unchecked what is not checked without it, as the rest of a sentence
 */
export function hasVehicle(name: string, isThere: () => boolean, unchecked: string): boolean {
  if (isThere()) return true;
  const reason = `NOT CHECKED: ${name} is not here, so ${unchecked}.`;
  if (process.env['WAYBILL_REQUIRE_VEHICLES'] === '1') throw new Error(reason);
  if (!told.has(reason)) process.stdout.write(`${reason}\n`);
  told.add(reason);
  return false;
}
