import fc from 'fast-check';
import { packScore, unpackScore } from '../../../../lib/domain/account/score.ts';

it('gives back what was packed, to within a hundredth, from an integer that a fact can hold', () => {
  const scores = fc.record({
    log: fc.double({ min: 0, max: 37, noNaN: true }),
    centre: fc.double({ min: 0, max: 37, noNaN: true }),
    spread: fc.double({ min: 0, max: 3.9, noNaN: true }),
    count: fc.integer({ min: 0, max: 64 }),
    gapDays: fc.integer({ min: 0, max: 30 }),
  });
  fc.assert(
    fc.property(scores, (score) => {
      const packed = packScore(score);
      expect(Number.isInteger(packed) && packed < 2 ** 44).toBe(true);
      const { count, gapDays, ...logs } = unpackScore(packed);
      expect({ count, gapDays }).toEqual({ count: score.count, gapDays: score.gapDays });
      for (const name of ['log', 'centre', 'spread'] as const)
        expect(Math.abs(logs[name] - score[name])).toBeLessThanOrEqual(1 / 128);
    }),
  );
});

it('takes what is out of range for the nearest that is in it', () => {
  const wild = packScore({ log: 99, centre: -3, spread: 99, count: 500, gapDays: 400 });
  expect(unpackScore(wild)).toEqual({
    log: 64 - 1 / 64,
    centre: 0,
    spread: 4 - 1 / 64,
    count: 127,
    gapDays: 31,
  });
});
