import * as z from 'zod/mini';
import { MalformedValueError, NewerVersionError } from '../../../../lib/domain/schema/stored-errors.ts';
import { readStored, written } from '../../../../lib/domain/schema/stored-shape.ts';

const shape = {
  what: 'A parcel',
  version: 3,
  schema: z.object({ grams: z.int(), to: z.object({ city: z.string() }) }),
  upgrades: {
    1: (old: Readonly<Record<string, unknown>>) => ({ ...old, grams: Number(old.kilos) * 1_000 }),
    2: (old: Readonly<Record<string, unknown>>) => ({ ...old, to: { city: old.city } }),
  },
};
const parcel = { grams: 2_000, to: { city: 'Ulm' } };

it('reads what it wrote, without the version', () => {
  const stored = written(parcel, shape.version);
  expect(stored).toEqual({ version: 3, ...parcel });
  expect(readStored(shape, JSON.parse(JSON.stringify(stored)))).toEqual(parcel);
});

it.each([
  ['without a version, as the first releases wrote', { kilos: 2, city: 'Ulm' }],
  ['of version 1', { version: 1, kilos: 2, city: 'Ulm' }],
  ['of version 2', { version: 2, grams: 2_000, city: 'Ulm' }],
])('reads one %s', (_name, stored) => {
  expect(readStored(shape, stored)).toMatchObject(parcel);
});

it('keeps what a newer release added, at every level', () => {
  const later = { ...parcel, stamp: 7, to: { ...parcel.to, street: { number: 3 } } };
  expect(readStored(shape, { version: 3, ...later })).toEqual(later);
});

it('says of a newer version what to do', () => {
  const read = () => readStored(shape, { version: 4, grams: 'many' });
  expect(read).toThrow(NewerVersionError);
  expect(read).toThrow('A parcel has version 4; this release reads 3. Deploy the newer release again.');
});

it.each([
  [{ version: 3, grams: 2_000, to: { city: 17_061 } }, 'there is no such value at to.city'],
  [{ version: 3, grams: 0.5, to: { city: 'Ulm' } }, 'there is no such value at grams'],
  [{ version: 3, to: { city: 'Ulm' } }, 'there is no such value at grams'],
  [{ ...parcel, version: 'three' }, 'its version is no whole number from 1'],
  [{ ...parcel, version: 0 }, 'its version is no whole number from 1'],
  [[parcel], 'it is no object'],
  [null, 'it is no object'],
])('refuses %j, and repeats nothing of it', (stored, fault) => {
  const read = () => readStored(shape, stored);
  expect(read).toThrow(MalformedValueError);
  expect(read).toThrow(`A parcel can't be read: ${fault}. It is left as it is.`);
});
