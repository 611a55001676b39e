/** A basket with a list on it. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke="#0f766e" stroke-width="2.4" stroke-linejoin="round" stroke-linecap="round"><path d="M4 12h24l-3 15H7z" fill="#0f766e" fill-opacity=".14"/><path d="m10 12 4-8m8 8-4-8M11 18h10m-9 4h8"/></svg>
`;
