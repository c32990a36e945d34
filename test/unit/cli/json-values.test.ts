import fc from 'fast-check';
import { type JsonValue, jsonValues } from '../../../infra/cli/replay/json-values.ts';

function valuesIn(text: string): readonly JsonValue[] {
  const values = jsonValues();
  const found = text.split('\n').flatMap((line, index) => values.take(line, index + 1));
  return [...found, ...values.end()];
}

const alone = (lineNumber: number, json: unknown) => ({ lineNumber, json, arrayNumber: 0 });
const item = (lineNumber: number, json: unknown, arrayNumber = 1) => ({ lineNumber, json, arrayNumber });
const cut = (lineNumber: number) => ({ lineNumber, fault: 'its JSON is cut off' });
const none = (lineNumber: number) => ({ lineNumber, fault: 'it is not JSON' });

it.each([
  ['one a line', '{"a":1}\n\n{"b":2}\r\n', [alone(1, { a: 1 }), alone(3, { b: 2 })]],
  ['several a line', '{"a":1} {"b":"}{"}{}', [alone(1, { a: 1 }), alone(1, { b: '}{' }), alone(1, {})]],
  ['one over many lines', '{\n"a": [\n1\n]\n}\n{\n}', [alone(1, { a: [1] }), alone(6, {})]],
  ['an array in one line', '[{"a":1},{"b":2}]', [alone(1, [{ a: 1 }, { b: 2 }])]],
  [
    'an array, an item a line',
    '[\n{"a":1},\n{"b":2}\n]\n{}',
    [item(2, { a: 1 }), item(3, { b: 2 }), alone(5, {})],
  ],
  [
    'an array over many lines',
    '[{\n"a": 1\n}, {\n"b": "\\"]"\n}]',
    [item(1, { a: 1 }), item(3, { b: '"]' })],
  ],
  ['two arrays', '[\n{}\n]\n[\n{}\n]', [item(2, {}), item(5, {}, 2)]],
  ['what is no object', '1\n"a"', [alone(1, 1), alone(2, 'a')]],
])('gives the values of %s', (_name, text, values) => {
  expect(valuesIn(text)).toEqual(values);
});

it.each([
  ['a string', '{"half'],
  ['a name', '{"a":1,'],
  ['an object', '{"a":{'],
  ['a value', '{"a":'],
  ['a list', '{"a":[1,'],
])('continues with the next line after one that is cut off in %s', (_name, broken) => {
  expect(valuesIn(`{}\n${broken}\n{"b":2}\n{"c":3}\n{"d":4}`)).toEqual([
    alone(1, {}),
    cut(2),
    alone(3, { b: 2 }),
    alone(4, { c: 3 }),
    alone(5, { d: 4 }),
  ]);
});

it.each([
  ['words', 'not JSON\n{}', [none(1), alone(2, {})]],
  ['a word behind a value', '{} x\n{}', [alone(1, {}), none(1), alone(2, {})]],
  ['brackets that do not match', '{"a":[}\n{}', [none(1), alone(2, {})]],
  ['a closing bracket', ']\n{}', [none(1), alone(2, {})]],
  ['what only looks like JSON', '{a: 1}\n{}', [none(1), alone(2, {})]],
  ['an array whose first item is cut off', '[{"half\n{}', [cut(1), alone(2, {})]],
  ['an object without an end', '{}\n{\n"a": 1', [alone(1, {}), cut(2)]],
  ['an array without an end', '[\n{},', [item(2, {}), cut(1)]],
  [
    'a long object that is cut off, before another',
    '{\n"a": {\n"b": 1,\n"c\n{\n}',
    [cut(1), none(4), alone(5, {})],
  ],
])('names the line of %s', (_name, text, values) => {
  expect(valuesIn(text)).toEqual(values);
});

it('gives back every array of objects, however it is laid out', () => {
  const indent = fc.constantFrom(undefined, 0, 2, '\t');
  const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1 });
  fc.assert(
    fc.property(objects, indent, fc.boolean(), (given, space, isArray) => {
      const text = isArray
        ? JSON.stringify(given, null, space)
        : given.map((one) => JSON.stringify(one, null, space)).join('\n');
      const read = valuesIn(text).flatMap((value) => ('json' in value ? value.json : [value]));
      expect(read).toEqual(JSON.parse(JSON.stringify(given)));
    }),
  );
});
