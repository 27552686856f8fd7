import { isArray, isObject, type JsonObject } from '../../json.ts';
import { sortMembers } from './pact-text.ts';

/** The test that an interaction is from. */
export interface Origin {
  /** Its file, from the root of the package, with `/` on every system. */
  readonly file: string;
  /** Its name after those of its suites; empty for what a hook does. */
  readonly name: string;
}

const BETWEEN = ' > ';
const TEXT = /^(.+?\.[cm]?[jt]sx?)(?: > (.*))?$/s;

/** An origin as an interaction has it in its comments. */
export function originText({ file, name }: Origin): string {
  return name === '' ? file : file + BETWEEN + name;
}

/** The tests that an interaction is from; none when it was written by something else. */
export function originsOf(interaction: JsonObject): readonly Origin[] {
  const { comments } = interaction;
  if (!isObject(comments)) return [];
  const { testname, tests } = comments;
  const texts = isArray(tests) ? tests : [testname ?? null];
  return texts.flatMap((text) => {
    const [, file, name = ''] = (typeof text === 'string' && TEXT.exec(text)) || [];
    return file === undefined ? [] : [{ file, name }];
  });
}

/** An interaction with the tests that it is from: the first as Pact has it, all where there are more. */
export function withOrigins(interaction: JsonObject, origins: readonly Origin[]): JsonObject {
  const texts = [...new Set(origins.map(originText))].sort();
  const [first] = texts;
  const { testname: _, tests: __, ...comments } = commentsOf(interaction);
  return {
    ...interaction,
    comments: {
      ...comments,
      ...(first === undefined ? {} : { testname: first }),
      ...(texts.length > 1 ? { tests: texts } : {}),
    },
  };
}

/** What an interaction says, without the tests that it is from: the same for the same interaction. */
export function contentOf(interaction: JsonObject): string {
  return JSON.stringify(sortMembers(withOrigins(interaction, [])));
}

function commentsOf({ comments }: JsonObject): JsonObject {
  return isObject(comments) ? comments : {};
}
