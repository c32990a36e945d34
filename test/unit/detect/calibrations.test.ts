import { calibrations } from '../../../lib/detect/calibrations.ts';
import { noCalibration } from '../../../lib/domain/account/calibration.ts';

const key = { account: 'self', livemode: true };

it('asks for the calibration of each account once in five minutes', async () => {
  let nowMs = 0;
  const loadCalibration = jest.fn(async () => noCalibration);
  const of = calibrations({ loadCalibration }, () => nowMs);
  await Promise.all([of(key), of(key), of({ ...key, livemode: false })]);
  expect(loadCalibration.mock.calls).toEqual([[key], [{ ...key, livemode: false }]]);
  nowMs = 299_999;
  await of(key);
  expect(loadCalibration).toHaveBeenCalledTimes(2);
  nowMs = 300_000;
  await of(key);
  expect(loadCalibration).toHaveBeenCalledTimes(3);
});

it('asks again after it could not be had', async () => {
  const loadCalibration = jest.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValue(noCalibration);
  const of = calibrations({ loadCalibration });
  await expect(of(key)).rejects.toThrow('away');
  await expect(of(key)).resolves.toBe(noCalibration);
});
