/** The names that the members of an object have, whichever of several it is. */
export type MemberName<T> = T extends readonly unknown[]
  ? never
  : T extends object
    ? `${keyof T & (string | number)}`
    : never;

/** What a member of that name is, without null. */
type Member<T, Name extends string> = T extends readonly unknown[]
  ? never
  : T extends object
    ? Name extends keyof T
      ? Value<T[Name]>
      : never
    : never;

/** Of what may be anything, everything is there. */
type Value<T> = unknown extends T ? unknown : NonNullable<T>;

type Item<T> = T extends readonly (infer Each)[] ? Value<Each> : never;

/**
 * The value that a path such as `error.code` or `value[].id` leads to, in a list of one; `never`
 * where there is none.
 *
 * The work grows with the path and not with the type, so that types without end have paths as well.
 */
export type FieldAt<T, Path extends string> = unknown extends T
  ? [unknown]
  : Path extends ''
    ? [T]
    : Path extends `[${infer Index}]${infer Rest}`
      ? [Item<T>] extends [never]
        ? never
        : Index extends '' | `${number}`
          ? AfterItem<Item<T>, Rest>
          : never
      : Path extends MemberName<T>
        ? [Member<T, Path>]
        : AfterMember<T, Path>;

type AfterItem<T, Rest extends string> = Rest extends '' | `[${string}`
  ? FieldAt<T, Rest>
  : Rest extends `.${infer Name}`
    ? Name extends '' | `[${string}`
      ? never
      : FieldAt<T, Name>
    : never;

/** A name may hold dots, as `@odata.nextLink` does: all names are tried where the first part is none. */
type AfterMember<T, Path extends string> = {
  [Name in MemberName<T>]: Path extends `${Name}.${infer Rest}`
    ? Rest extends '' | `[${string}`
      ? never
      : FieldAt<Member<T, Name>, Rest>
    : Path extends `${Name}[${infer Rest}`
      ? FieldAt<Member<T, Name>, `[${Rest}`>
      : never;
}[MemberName<T>];

/** The path itself where it leads somewhere, else the paths that could be meant. */
export type CheckedPath<T, Path extends string> = [FieldAt<T, Path>] extends [never]
  ? Suggested<T, Path>
  : Path;

/** The paths from the furthest point that a wrong one still reaches. */
type Suggested<
  T,
  Path extends string,
  Begun extends string = '',
> = Path extends `${infer Name}[${infer Index}].${infer Rest}`
  ? Name extends MemberName<T>
    ? Suggested<Item<Member<T, Name>>, Rest, `${Begun}${Name}[${Index}].`>
    : Name extends ''
      ? Suggested<Item<T>, Rest, `${Begun}[${Index}].`>
      : Next<T, Begun>
  : Path extends `${infer Name}.${infer Rest}`
    ? Name extends MemberName<T>
      ? Suggested<Member<T, Name>, Rest, `${Begun}${Name}.`>
      : Next<T, Begun>
    : Next<T, Begun>;

type Next<T, Begun extends string> = T extends readonly unknown[]
  ? `${Begun}[]`
  : `${Begun}${MemberName<T>}`;

/** A value of which anything may be left out, at any depth. */
export type Part<T> = T extends readonly (infer Each)[]
  ? readonly Part<Each>[]
  : T extends object
    ? { readonly [Name in keyof T]?: Part<T[Name]> | undefined }
    : T;
