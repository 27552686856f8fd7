import { openArchive } from '../capture/archive.ts';
import { ExactMatchError } from '../errors.ts';
import type { CheckTarget } from './check.ts';
import { captureTarget } from './check-capture.ts';
import type { Io } from './io.ts';

/** So many files of an archive are named. */
const NAMES = 6;

/** Judges the HAR files of a zip archive, as Playwright writes one, with the bodies beside them. */
export const checkArchive: CheckTarget = async (target, context) => {
  await using archive = await openArchive(target);
  const hars = archive.names.filter((name) => /\.har$/i.test(name));
  if (hars.length === 0) {
    const listed = archive.names.slice(0, NAMES).join(', ');
    const has = listed === '' ? 'it has no files' : `its files are ${listed}`;
    const more = archive.names.length > NAMES ? ', …' : '';
    throw new ExactMatchError(
      'CAPTURE_UNREADABLE',
      `Failed to read "${target}": it is a zip archive without a HAR: ${has}${more}. Give one with a HAR, or unpack it and give the folder.`,
    );
  }
  const start = `${target}/`;
  const io: Io = {
    ...context.io,
    stream: (path) =>
      path.startsWith(start) ? archive.stream(path.slice(start.length)) : context.io.stream(path),
  };
  for (const har of hars) await captureTarget('har')(start + har, { ...context, io });
};
