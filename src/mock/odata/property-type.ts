/**
 * What a property is. `div` divides an `integer` by one to a whole number, a `number` to the last
 * digit; what `any` is, only the value tells.
 */
export type PropertyType =
  | 'string'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'date-time'
  | 'date'
  | 'guid'
  | 'duration'
  | 'object'
  | 'collection'
  | 'any';

/**
 * The types of the properties of an item, by path (`['error', 'code']`); `undefined`: there is no
 * such property.
 *
 * The properties of a collection's elements are below the collection (`['error', 'details', 'code']`);
 * the elements themselves are `*` (`['fields', '*']`), of any type when that is `undefined`. Below
 * `any`, whatever is not told is `any`.
 */
export type PropertyTypes = (path: readonly string[]) => PropertyType | undefined;
