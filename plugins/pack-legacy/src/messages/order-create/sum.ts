/** The exact sum of decimal numbers: amounts are never floats. Takes what the schema of an amount takes. */
export function exactSum(amounts: readonly string[]): string {
  const scale = Math.max(0, ...amounts.map((amount) => (amount.split('.')[1] ?? '').length));
  const total = amounts.reduce((sum, amount) => sum + unscaled(amount, scale), 0n);
  const digits = String(total < 0n ? -total : total).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale);
  return `${total < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

function unscaled(amount: string, scale: number): bigint {
  const [whole = '', fraction = ''] = amount.replace(/^[+-]/, '').split('.');
  const digits = BigInt(whole + fraction.padEnd(scale, '0'));
  return amount.startsWith('-') ? -digits : digits;
}
