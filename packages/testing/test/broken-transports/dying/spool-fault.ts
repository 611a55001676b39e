/** What the sound spool does wrong on demand. */
export type SpoolFault =
  | 'acknowledges-before-it-hands-over'
  | 'recovers-only-when-it-starts'
  | 'looks-before-it-writes'
  | 'lets-go-before-it-has-it'
  | 'marks-before-it-removes'
  | 'acknowledges-when-it-stops'
  | 'removes-before-it-replies'
  | 'moves-what-is-left-when-it-stops'
  | 'puts-what-was-left-behind-at-the-end'
  | 'writes-in-place'
  | 'remembers-in-memory'
  | 'resolves-before-it-has-written';
