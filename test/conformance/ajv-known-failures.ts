/** Tests of the suite that plain Ajv fails, and why. */
export interface KnownFailure {
  readonly reason: string;
  /** `file: group: test`, in the order of the suite. */
  readonly tests: readonly string[];
}

/** The tests of the suite that plain Ajv 8 (2020-12) fails, one by one. */
export const AJV_KNOWN_FAILURES: readonly KnownFailure[] = [
  {
    reason:
      'a $dynamicRef finds anchors of its own file only, not those of the schemas passed through',
    tests: [
      'dynamicRef.json: A $dynamicRef to a $dynamicAnchor in the same schema resource behaves like a normal $ref to an $anchor: An array of strings is valid',
      'dynamicRef.json: A $dynamicRef to an $anchor in the same schema resource behaves like a normal $ref to an $anchor: An array of strings is valid',
      'dynamicRef.json: A $dynamicRef resolves to the first $dynamicAnchor still in scope that is encountered when the schema is evaluated: An array of strings is valid',
      'dynamicRef.json: A $dynamicRef without anchor in fragment behaves identical to $ref: An array of numbers is valid',
      "dynamicRef.json: A $dynamicRef with intermediate scopes that don't include a matching $dynamicAnchor does not affect dynamic scope resolution: An array of strings is valid",
      'dynamicRef.json: An $anchor with the same name as a $dynamicAnchor is not used for dynamic scope resolution: Any array is valid',
      'dynamicRef.json: A $dynamicRef without a matching $dynamicAnchor in the same schema resource behaves like a normal $ref to $anchor: Any array is valid',
      'dynamicRef.json: A $dynamicRef with a non-matching $dynamicAnchor in the same schema resource behaves like a normal $ref to $anchor: Any array is valid',
      'dynamicRef.json: tests for implementation dynamic anchor and reference link: correct extended schema',
      'dynamicRef.json: $ref and $dynamicAnchor are independent of order - $defs first: correct extended schema',
      'dynamicRef.json: $ref and $dynamicAnchor are independent of order - $ref first: correct extended schema',
    ],
  },
  {
    reason: 'a $dynamicRef into another file is not compiled',
    tests: [
      'dynamicRef.json: A $dynamicRef that initially resolves to a schema with a matching $dynamicAnchor resolves to the first $dynamicAnchor in the dynamic scope: The recursive part is valid against the root',
      'dynamicRef.json: A $dynamicRef that initially resolves to a schema with a matching $dynamicAnchor resolves to the first $dynamicAnchor in the dynamic scope: The recursive part is not valid against the root',
      "dynamicRef.json: A $dynamicRef that initially resolves to a schema without a matching $dynamicAnchor behaves like a normal $ref to $anchor: The recursive part doesn't need to validate against the root",
      'dynamicRef.json: after leaving a dynamic scope, it is not used by a $dynamicRef: string matches /$defs/thingy, but the $dynamicRef does not stop here',
      'dynamicRef.json: after leaving a dynamic scope, it is not used by a $dynamicRef: first_scope is not in dynamic scope for the $dynamicRef',
      'dynamicRef.json: after leaving a dynamic scope, it is not used by a $dynamicRef: /then/$defs/thingy is the final stop for the $dynamicRef',
    ],
  },
  {
    reason: 'names such as __proto__ and toString are looked for in the prototype too',
    tests: [
      'properties.json: properties whose names are Javascript object property names: none of the properties mentioned',
      'required.json: required properties whose names are Javascript object property names: none of the properties mentioned',
      'required.json: required properties whose names are Javascript object property names: __proto__ present',
      'required.json: required properties whose names are Javascript object property names: toString present',
      'required.json: required properties whose names are Javascript object property names: constructor present',
    ],
  },
  {
    reason: 'compiling a schema whose $ref leads back to it through an $id overflows the stack',
    tests: [
      'ref.json: refs with relative uris and defs: invalid on inner field',
      'ref.json: refs with relative uris and defs: invalid on outer field',
      'ref.json: refs with relative uris and defs: valid on both fields',
      'ref.json: relative refs with absolute uris and defs: invalid on inner field',
      'ref.json: relative refs with absolute uris and defs: invalid on outer field',
      'ref.json: relative refs with absolute uris and defs: valid on both fields',
      'ref.json: URN ref with nested pointer ref: a string is valid',
      'ref.json: URN ref with nested pointer ref: a non-string is invalid',
    ],
  },
  {
    reason: 'items that `contains` or a nested `items` evaluated are not known one by one',
    tests: [
      'unevaluatedItems.json: unevaluatedItems with nested items: with no additional items',
      'unevaluatedItems.json: unevaluatedItems with nested items: with invalid additional item',
      'unevaluatedItems.json: unevaluatedItems depends on adjacent contains: contains passes, second item is not evaluated',
      'unevaluatedItems.json: unevaluatedItems depends on multiple nested contains: 7 not evaluated, fails unevaluatedItems',
      "unevaluatedItems.json: unevaluatedItems and contains interact to control item dependency relationship: only b's are invalid",
      "unevaluatedItems.json: unevaluatedItems and contains interact to control item dependency relationship: only c's are invalid",
      "unevaluatedItems.json: unevaluatedItems and contains interact to control item dependency relationship: only b's and c's are invalid",
      "unevaluatedItems.json: unevaluatedItems and contains interact to control item dependency relationship: only a's and c's are invalid",
    ],
  },
  {
    reason: 'what a condition evaluated counts as evaluated where it does not hold',
    tests: [
      'unevaluatedProperties.json: unevaluatedProperties with if/then/else, then not defined: when if is false and has unevaluated properties',
    ],
  },
  {
    reason: 'an $id below an unknown keyword counts and there are two of it',
    tests: [
      'unknownKeyword.json: $id inside an unknown keyword is not a real identifier: type matches second anyOf, which has a real schema in it',
      'unknownKeyword.json: $id inside an unknown keyword is not a real identifier: type matches non-schema in first anyOf',
      'unknownKeyword.json: $id inside an unknown keyword is not a real identifier: type matches non-schema in third anyOf',
    ],
  },
  {
    reason: 'the vocabularies of a custom meta-schema are not read',
    tests: [
      'vocabulary.json: schema that uses custom metaschema with with no validation vocabulary: no validation: invalid number, but it still validates',
    ],
  },
];
