/** A net below a letter. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke="#3b6fd4" stroke-width="2.4" stroke-linejoin="round" stroke-linecap="round"><rect x="5" y="4" width="22" height="14" rx="2.5" fill="#3b6fd4" fill-opacity=".14"/><path d="m6 6 10 7 10-7"/><path d="M3 22c4 8 22 8 26 0M9 26l5-3 4 3 5-3" stroke-width="2"/></svg>
`;
