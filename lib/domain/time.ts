/** Seconds. A day is a day of UTC: no clock here is moved in summer. */
export const minuteSec = 60;
export const hourSec = 60 * minuteSec;
export const daySec = 24 * hourSec;
export const weekSec = 7 * daySec;
