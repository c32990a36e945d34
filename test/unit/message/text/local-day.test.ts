import { endOfLocalDaySec, localDay } from '../../../../lib/message/text/local-day.ts';

const utc = (text: string) => Date.parse(text) / 1000;

it.each([
  ['Europe/Berlin', '2026-11-23T23:00Z'],
  ['America/New_York', '2026-11-24T05:00Z'],
  ['Asia/Kolkata', '2026-11-23T18:30Z'],
  ['Pacific/Kiritimati', '2026-11-23T10:00Z'],
  ['Etc/GMT+12', '2026-11-24T12:00Z'],
])('ends 23 November 2026 in %s at %s', (timeZone, end) => {
  expect(endOfLocalDaySec('2026-11-23', timeZone)).toBe(utc(end));
  expect(localDay(utc(end) - 1, timeZone)).toBe('2026-11-23');
  expect(localDay(utc(end), timeZone)).toBe('2026-11-24');
});

it('ends the day on which the clocks change an hour later', () => {
  expect(endOfLocalDaySec('2026-10-25', 'Europe/Berlin')).toBe(utc('2026-10-25T23:00Z'));
  expect(endOfLocalDaySec('2026-10-24', 'Europe/Berlin')).toBe(utc('2026-10-24T22:00Z'));
});

it.each(['', 'tomorrow', '2026-13-01', '2026-02-31', '23.11.2026', '2026-11-23T00:00', '20261-11-23'])(
  'knows no date %j',
  (day) => {
    expect(endOfLocalDaySec(day, 'UTC')).toBeUndefined();
  },
);
