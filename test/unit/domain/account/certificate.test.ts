import {
  type Certificate,
  type ComparedStretch,
  certificateWords,
  emptyCertificate,
  givenUp,
  withStretch,
} from '../../../../lib/domain/account/certificate.ts';

const daySec = 86_400;
const startSec = 1_767_225_600; // midnight

function stretch(quarter: number, seen: number, looks = 1): ComparedStretch {
  const fromSec = startSec + quarter * 900;
  return {
    fromSec,
    toSec: fromSec + 900,
    events: { made: 10, seen },
    objects: { made: 3, seen: 3 },
    sentIn: 10 - seen,
    looks,
  };
}

const after = (stretches: readonly ComparedStretch[]): Certificate =>
  stretches.reduce(withStretch, emptyCertificate);

it('is one stretch a day when all was seen, and a month of them', () => {
  const days = 40;
  const certificate = after(Array.from({ length: days * 96 }, (_, quarter) => stretch(quarter, 10)));
  expect(certificate.stretches).toHaveLength(35);
  expect(certificate.stretches.at(-1)).toMatchObject({ events: { made: 960, seen: 960 } });
  expect(certificate.untilSec).toBe(startSec + days * daySec);
});

it('stays small though nothing is ever seen', () => {
  const certificate = after(Array.from({ length: 40 * 96 }, (_, quarter) => stretch(quarter, 0, 3)));
  expect(certificate.stretches.length).toBeLessThanOrEqual(35);
});

it('keeps a stretch by itself until it is whole or given up, and knows what is given up', () => {
  const open = after([stretch(0, 10), stretch(1, 9), stretch(2, 10)]);
  expect([open.stretches.length, givenUp(open)]).toEqual([3, 0]);
  const whole = withStretch(open, stretch(1, 10, 2));
  expect([whole.stretches.length, givenUp(whole)]).toEqual([1, 0]);
  const lost = withStretch(open, stretch(1, 9, 3));
  expect([lost.stretches.length, givenUp(lost)]).toEqual([1, 1]);
  expect(certificateWords(lost)).toBe(
    '29 of 30 events and 9 of 9 objects seen, made from 2026-01-01 00:00 to 2026-01-01 00:45 UTC; 1 were fetched',
  );
});
