/** Whether a version of the DTD came after another one: `1.2.071` after `1.2.050`. */
export function isAfter(version: string, other: string): boolean {
  const [one, two] = [version, other].map((each) => each.split('.').map(Number));
  for (const [index, part] of (one ?? []).entries()) {
    const its = two?.[index] ?? 0;
    if (part !== its) return part > its;
  }
  return false;
}
