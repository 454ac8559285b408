import fc from 'fast-check';

/** What XML is made of, and what has no place in it. */
const pieces = fc.constantFrom(
  ...[
    "'",
    '"',
    '<',
    '>',
    '/',
    '&',
    ';',
    '&#x41;',
    '&#0;',
    '&lt;',
    ' ',
    '\n',
    '\r\n',
    '=',
    ']]>',
    '<!--',
    '-->',
  ],
  ...[
    'x',
    '7',
    '<![CDATA[',
    '<Data>',
    '</Data>',
    "<Data Name='n'>",
    '<Data/>',
    '</System>',
    '<System>',
    '<Event ',
  ],
  ...['\u00a0', '', "a='b'"],
);
const edits = fc.array(fc.record({ at: fc.nat(), cut: fc.nat({ max: 12 }), put: pieces }), {
  minLength: 1,
  maxLength: 2,
});

/** One of the texts with one or two places overwritten. */
export const damaged = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...texts), edits).map(([text, places]) =>
    places.reduce((changed, { at, cut, put }) => {
      const from = at % changed.length;
      return changed.slice(0, from) + put + changed.slice(from + cut);
    }, text),
  );
