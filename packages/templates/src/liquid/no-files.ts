/** A file system without files, for a library that wants one. */
export const noFiles = {
  exists: () => Promise.resolve(false),
  existsSync: () => false,
  readFile: () => Promise.reject(new Error('no files are read')),
  readFileSync: (): never => {
    throw new Error('no files are read');
  },
  resolve: (_folder: string, file: string) => file,
  contains: () => Promise.resolve(true),
  containsSync: () => true,
};
