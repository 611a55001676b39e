/** How many bytes headers in front of a body may have: a message may be so much larger than the body that is allowed. */
export const headerRoom = 64 * 1024;
