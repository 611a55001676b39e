/** How a browser of a test treats the pages that it shows. */
export interface Manners {
  /**
   * Of a site in the frame of another one: `allowed` as far as the engine goes (Firefox keeps them apart for each site around), or `blocked`. `none`:
   * no cookies at all, not even of the site at the top.
   */
  readonly cookies: 'allowed' | 'blocked' | 'none';
  readonly scripts: boolean;
}

export const usualManners: Manners = { cookies: 'blocked', scripts: true };
