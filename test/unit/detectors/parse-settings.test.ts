import { parseSettings } from '../../../lib/detectors/parse-settings.ts';
import { detectorIds } from '../../../lib/detectors/registry.ts';
import { defaultSettings } from '../../../lib/detectors/settings.ts';

it('takes the default of what is left out', () => {
  expect(parseSettings({})).toEqual(defaultSettings);
  expect(parseSettings({ off: ['amount-spike', 'churn-spike'] })).toEqual({
    ...defaultSettings,
    off: ['amount-spike', 'churn-spike'],
  });
});

it('switches any detector off, of whatever kind', () => {
  expect(parseSettings({ off: detectorIds }).off).toEqual(detectorIds);
});

it.each([
  [{ of: ['amount-spike'] }, 'detection.of is not a setting. Did you mean off? There are: '],
  [{ context: {} }, 'detection.context is not a setting. There are: '],
  [{ off: ['everything'] }, 'detection.off.0 is "everything". There is no such detector. There are: '],
  [
    { off: ['amount-spikes'] },
    'detection.off.0 is "amount-spikes". There is no such detector. Did you mean amount-spike? There are: ',
  ],
  [{ off: 'amount-spike' }, 'detection.off is "amount-spike". Write a list of detector ids'],
  [{ off: [7] }, 'detection.off.0 is 7. Write the id of a detector.'],
  [
    { falseAlertsPer1000CustomersMonth: 0 },
    'falseAlertsPer1000CustomersMonth is 0. Write a number from 0.01 to 100.',
  ],
  [{ leastAtStakeDollars: '5' }, 'leastAtStakeDollars is "5". Write a number from 0 to 1000000.'],
  [undefined, 'detection is missing. Write an object'],
  [[], 'detection is []. Write an object'],
])('refuses %j and says what to write', (value, sentence) => {
  expect(() => parseSettings(value)).toThrow(sentence);
});
