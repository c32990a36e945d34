import { createHash } from 'node:crypto';
import { objectHash } from '../../../../lib/domain/events/object-hash.ts';

it('is the first 40 bits of SHA-256, also of ids that it has been asked for before, or long ago', () => {
  const ids = Array.from({ length: 5_000 }, (_, index) => `in_${index}`);
  const expected = ids.map((id) => createHash('sha256').update(id).digest().readUIntBE(0, 5));
  expect(ids.map(objectHash)).toEqual(expected);
  expect(ids.map(objectHash)).toEqual(expected);
  expect(ids.flatMap((id) => [objectHash(id), objectHash(id)])).toEqual(
    expected.flatMap((one) => [one, one]),
  );
});
