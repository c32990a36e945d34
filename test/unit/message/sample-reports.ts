import { detectorSummaries } from '../../../lib/detectors/detector-summaries.ts';
import { emptyCertificate } from '../../../lib/domain/account/certificate.ts';
import type { Alert, Outcome } from '../../../lib/domain/finding/alert.ts';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import { renderResolved } from '../../../lib/message/report/render-resolved.ts';
import { renderWeekly } from '../../../lib/message/report/render-weekly.ts';
import { weeklyFigures } from '../../../lib/message/report/weekly-figures.ts';
import { drifts, mailOptions, storm } from './sample-collections.ts';
import { brokenSum, cardTesting, draftSpike, nowSec, usageSpike, yenCharge } from './sample-findings.ts';

const reason = 'The invoice was voided: it is no longer owed.';
const over = (finding: Finding) => ({ finding, reason });
const [first = draftSpike, ...others] = drifts;

const outcomes: readonly (Outcome | null)[] = [
  null,
  { kind: 'error', atSec: nowSec },
  { kind: 'expected', atSec: nowSec },
  { kind: 'resolved', reason, atSec: nowSec },
  { kind: 'planned', untilSec: nowSec + 86_400, atSec: nowSec },
];
const alerts = [
  draftSpike,
  yenCharge,
  usageSpike,
  cardTesting,
  ...storm.alerts.map(({ finding }) => finding),
].map(
  (finding, index): Alert => ({
    finding,
    filedAtSec: nowSec,
    mailedAtSec: nowSec,
    outcome: outcomes[index % outcomes.length] ?? null,
  }),
);

/** Emails about earlier alerts: that they are over, and how the week was. */
export const reports = {
  'one alert that is over': renderResolved([over(draftSpike)], mailOptions),
  'an alert of test mode that is over': renderResolved([over(brokenSum)], mailOptions),
  'the whole account, which is as usual again': renderResolved([over(cardTesting)], mailOptions),
  '200 alerts that are over': renderResolved([over(first), ...others.map(over)], mailOptions),
  'a busy week': renderWeekly(
    { account: 'self', livemode: true },
    weeklyFigures(alerts, detectorSummaries({ off: ['currency-switch'] })),
    emptyCertificate,
    { ...mailOptions, listeningSinceSec: nowSec - 86_400 },
  ),
};

export const quietWeek = renderWeekly(
  { account: 'self', livemode: true },
  weeklyFigures([], detectorSummaries({ off: [] })),
  emptyCertificate,
  mailOptions,
);
