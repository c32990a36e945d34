import fc from 'fast-check';
import { currentLevel } from '../../../lib/stats/current-level.ts';
import { halfWidth } from '../../../lib/stats/half-width.ts';
import { freedomOf, logBaseline } from '../../../lib/stats/log-baseline.ts';
import { logLevel } from '../../../lib/stats/log-level.ts';
import { median } from '../../../lib/stats/median.ts';
import { medianAbsoluteDeviation } from '../../../lib/stats/median-absolute-deviation.ts';
import { quantile } from '../../../lib/stats/quantile.ts';
import { tailOf, tailQuantile } from '../../../lib/stats/tail.ts';
import { upperSpread } from '../../../lib/stats/upper-spread.ts';

const values = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 48 });

describe('median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[7], 7],
    [[-1, -10, 5], -1],
  ])('of %p is %p', (of, is) => {
    expect(median(of)).toBe(is);
  });

  it('has no more than half of the values on either side', () => {
    fc.assert(
      fc.property(values, (all) => {
        const middle = median(all);
        expect(all.filter((value) => value < middle).length).toBeLessThanOrEqual(all.length / 2);
        expect(all.filter((value) => value > middle).length).toBeLessThanOrEqual(all.length / 2);
      }),
    );
  });

  it('leaves its argument as it was, and knows none of none', () => {
    const all = [3, 1, 2];
    median(all);
    expect(all).toEqual([3, 1, 2]);
    expect(median([])).toBeNaN();
  });
});

describe('medianAbsoluteDeviation', () => {
  it('estimates the standard deviation of normal data', () => {
    // The 99 percentiles of the standard normal distribution have the quartile 0.6745 as their MAD.
    expect(medianAbsoluteDeviation([-2, -0.6744897501960817, 0, 0.6744897501960817, 2])).toBeCloseTo(1, 12);
    expect(medianAbsoluteDeviation([1, 2, 3, 4, 100])).toBeCloseTo(1.4826, 4);
  });

  it('does not mind where the values lie, and scales with them', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: -1000, max: 1000 }), (all, shift) => {
        const spread = medianAbsoluteDeviation(all);
        expect(medianAbsoluteDeviation(all.map((value) => 2 * value))).toBeCloseTo(2 * spread, 3);
        expect(medianAbsoluteDeviation(all.map((value) => value + shift))).toBeCloseTo(spread, 3);
      }),
    );
  });
});

describe('upperSpread', () => {
  it('sees the long upper tail that the MAD does not, and not the lower', () => {
    const tail = [1, 1, 1, 1, 1, 1, 1, 1, 4, 5, 6];
    expect(medianAbsoluteDeviation(tail)).toBe(0);
    expect(upperSpread(tail)).toBeCloseTo((4 - 1) / 1.28155, 4);
    expect(upperSpread(tail.map((value) => -value))).toBe(0);
    expect(upperSpread(tail.toReversed())).toBe(upperSpread(tail));
  });

  it.each([[[]], [[7]]])('is nothing of %p', (none) => {
    expect(upperSpread(none)).toBe(0);
  });

  it('does not mind how large the largest value is', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1_000_001, max: 10 ** 9 }), (all, largest) => {
        expect(upperSpread([...all, largest])).toBeCloseTo(upperSpread([...all, 2 * largest]), 6);
      }),
    );
  });
});

describe('currentLevel', () => {
  it.each([
    ['three alike, far from all before', [0, 0, 0, 2, 2, 2], [2, 2, 2]],
    ['a longer run of the new level', [0, 0, 0, 0, 2, 2.1, 2, 1.9], [2, 2.1, 2, 1.9]],
    ['a lower level, once it has lasted', [2, 2, 2, 2, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]],
    ['three low ones are no level yet', [2, 2, 2, 2, 0, 0, 0], [2, 2, 2, 2, 0, 0, 0]],
    ['two are no level yet', [0, 0, 0, 0, 2, 2], [0, 0, 0, 0, 2, 2]],
    ['three that are not alike', [0, 0, 0, 0.1, 5, 9], [0, 0, 0, 0.1, 5, 9]],
    ['too near to be another level', [0, 0, 0, 0.3, 0.3, 0.3], [0, 0, 0, 0.3, 0.3, 0.3]],
    ['nothing before', [2, 2, 2], [2, 2, 2]],
    ['none', [], []],
    ['below one, too', [-2, -2, -2, 2, 2, 2], [2, 2, 2]],
    ['too near, beside an outlier', [0, 0, 0.5, 0.3, 0.3, 0.3], [0, 0, 0.5, 0.3, 0.3, 0.3]],
    [
      '1.5 times as much is too near',
      [0, 0, 1, ...Array(3).fill(Math.log(1.5))],
      [0, 0, 1, ...Array(3).fill(Math.log(1.5))],
    ],
    ['one that is half way', [0, 0, 0, 2, 2, 1], [0, 0, 0, 2, 2, 1]],
    ['higher, and most of all there is', [0, 0, 2, 2, 2, 2.3, 2.3, 2.3], [0, 0, 2, 2, 2, 2.3, 2.3, 2.3]],
    ['the newest is on its way back', [1.5, 1, 1.5, 1, 1, 1.3], [1.5, 1, 1.5, 1, 1, 1.3]],
  ])('%s', (_name, logs, level) => {
    expect(currentLevel(logs)).toEqual(level);
  });

  it('is a suffix, and of at least three where there are three', () => {
    fc.assert(
      fc.property(values, (all) => {
        const level = currentLevel(all.map(Math.log));
        expect(all.map(Math.log).slice(-level.length)).toEqual(level);
        expect(level.length).toBeGreaterThanOrEqual(Math.min(3, all.length));
      }),
    );
  });
});

describe('logLevel', () => {
  it('takes the larger of what both sides and what the upper tail suggest', () => {
    const logs = [0, 0, 0, 0, 0, 0, 0, 0.2, 0.3, 0.4];
    expect(medianAbsoluteDeviation(logs)).toBe(0);
    expect(logLevel(logs.map(Math.exp)).spread).toBeCloseTo(upperSpread(logs), 12);
  });
});

describe('logBaseline', () => {
  it('has as many degrees of freedom as prior and values are worth, less the centre', () => {
    expect(freedomOf({ count: 5 })).toBe(4 + 5 - 1);
  });

  it('of five equal values is that value, with the spread the prior leaves', () => {
    const { centre, spread } = logBaseline(logLevel([100, 100, 100, 100, 100]));
    expect(centre).toBeCloseTo(Math.log(100), 9);
    expect(spread).toBeCloseTo(Math.sqrt(((4 * 0.35 ** 2) / 9) * 1.2), 12);
  });

  it('narrows with more of the same', () => {
    const spreadOf = (length: number) => logBaseline(logLevel(Array<number>(length).fill(100))).spread;
    expect(spreadOf(24)).toBeLessThan(spreadOf(12));
    expect(spreadOf(12)).toBeLessThan(spreadOf(5));
  });

  it('does not know the unit: cents or dollars give the same spread', () => {
    const oneLevel = fc.array(fc.double({ min: 1_000, max: 1_400, noNaN: true }), {
      minLength: 1,
      maxLength: 24,
    });
    fc.assert(
      fc.property(oneLevel, (all) => {
        const [dollars, cents] = [all, all.map((value) => 100 * value)].map((of) =>
          logBaseline(logLevel(of)),
        );
        expect(cents?.spread).toBeCloseTo(dollars?.spread ?? 0, 6);
        expect((cents?.centre ?? 0) - (dollars?.centre ?? 0)).toBeCloseTo(Math.log(100), 6);
      }),
    );
  });

  it('is the prior where nothing was seen, and leans less on it with every value', () => {
    const prior = { centre: Math.log(50), weight: 2, spread: 0.7 };
    const nothing = logBaseline(logLevel([]), prior);
    expect(nothing.centre).toBeCloseTo(Math.log(50), 12);
    expect(nothing.spread).toBeCloseTo(0.7 * Math.sqrt(1.5), 12);
    const centreOf = (count: number) => logBaseline(logLevel(Array<number>(count).fill(400)), prior).centre;
    expect(centreOf(1)).toBeCloseTo((2 * Math.log(50) + Math.log(400)) / 3, 12);
    expect(centreOf(18)).toBeCloseTo((2 * Math.log(50) + 18 * Math.log(400)) / 20, 12);
  });
});

describe('quantile and halfWidth', () => {
  it('of none is not a number, of all is the largest', () => {
    expect(quantile(Float64Array.of(), 0.5)).toBeNaN();
    expect(quantile(Float64Array.of(1, 2, 3), 1)).toBe(3);
    expect(quantile(Float64Array.of(1, 2, 3, 4), 0.5)).toBe(3);
  });

  it('does not mind a sixth of the values', () => {
    const even = Array.from({ length: 100 }, (_, index) => index);
    expect(halfWidth(even)).toBeCloseTo(34, 0);
    expect(halfWidth(even.toReversed())).toBe(halfWidth(even));
    expect(halfWidth([...even.slice(50), ...even.slice(0, 50)])).toBe(halfWidth(even));
    expect(halfWidth(even.map((value) => (value >= 90 ? 10 ** 6 : value)))).toBeCloseTo(34, 0);
  });
});

describe('tailOf', () => {
  const exponential = Array.from({ length: 2_000 }, (_, index) => -Math.log((index + 0.5) / 2_000));

  it('continues an exponential beyond what was seen', () => {
    const tail = tailOf(exponential, 2_000);
    expect(tail?.share).toBe(0.01);
    for (const share of [0.01, 1e-4, 1e-6])
      expect(tail && tailQuantile(tail, share)).toBeCloseTo(-Math.log(share), 0);
  });

  it('never promises less than was seen, nor the opposite of it', () => {
    const tail = { value: 3, share: 0.01, slope: 0.5 };
    expect(tailQuantile(tail, 0.2)).toBe(3);
    expect(tailQuantile(tail, 0.001)).toBeGreaterThan(3);
  });

  it('looks nearer to the middle where fewer values say something of their own', () => {
    expect(tailOf(exponential, 99)).toBeUndefined();
    expect(tailOf(exponential, 100)?.share).toBe(0.05);
    expect(tailOf(exponential, 250)?.share).toBe(0.02);
  });
});
