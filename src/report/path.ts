import { isAbsolute, relative } from 'node:path';

/** A path as seen from a folder; an address, and what lies outside the folder, stay as they are. */
export function pathFrom(root: string | undefined, file: string): string {
  if (!isFile(file)) return file;
  const path = relative(root ?? '', file).replaceAll('\\', '/');
  return path === '' || path.startsWith('..') || isAbsolute(path) ? file : path;
}

/** Tells whether a document's name is the path of a file: no URL, and nothing given as an object. */
export function isFile(file: string): boolean {
  return !/^[a-z][a-z\d+.-]+:\/\//i.test(file) && file !== '(inline)';
}
