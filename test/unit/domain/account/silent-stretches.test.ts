import fc from 'fast-check';
import { silentStretches, silentStretchesSince } from '../../../../lib/domain/account/silent-stretches.ts';

const hour = fc.integer({ min: 0, max: 40 });

it('finds from the end what looking through all of it finds', () => {
  fc.assert(
    fc.property(fc.uniqueArray(hour), hour, hour, hour, (loud, from, to, since) => {
      const isSilent = (at: number) => !loud.includes(at);
      const all = silentStretches(isSilent, { from, to });
      const ended = (found: typeof all) => found.filter((stretch) => stretch.to >= since);
      expect(ended(silentStretchesSince(isSilent, since, { from, to }))).toEqual(ended(all));
    }),
  );
});
