import type { Alert } from '../../domain/finding/alert.ts';
import type { Delivery } from '../../domain/finding/delivery.ts';
import { daySec } from '../../domain/time.ts';
import type { Mail } from '../../message/email/mail.ts';
import { renderMail } from '../../message/email/render-mail.ts';
import type { MailOptions } from '../../message/mail-options.ts';
import { renderResolved } from '../../message/report/render-resolved.ts';
import { renderWeekly } from '../../message/report/render-weekly.ts';
import { weeklyFigures } from '../../message/report/weekly-figures.ts';
import type { MailRun } from './mail-run.ts';
import { mailedSince } from './mailed-since.ts';

/**
 * Builds the email of a delivery, before anything of it is written or sent.
 * @returns `not-built` when our own code fails on it: it would tomorrow, too
 */
export async function compose(
  delivery: Delivery,
  alerts: readonly Alert[],
  run: MailRun,
): Promise<Mail | 'not-built'> {
  const options = { ...(await run.rendering()), nowSec: run.mailing.nowSec() };
  const build = await builderOf(delivery, alerts, options, run);
  try {
    return { ...build(), to: delivery.readers.map(({ address }) => address) };
  } catch {
    return 'not-built';
  }
}

/** Reads what the email needs; what it returns is pure. */
async function builderOf(
  { kind, topic, readers, reasons, plannedAtSec, alerts: ids }: Delivery,
  alerts: readonly Alert[],
  options: MailOptions,
  { key, mailing }: MailRun,
): Promise<() => Omit<Mail, 'to'>> {
  const [first] = alerts;
  const mode = first?.finding.livemode === false ? 'test' : 'live';
  const common = { writtenAtSec: options.nowSec, alertIds: alerts.map(({ finding }) => finding.id) };
  switch (kind) {
    case 'weekly': {
      const { certificate } = await mailing.certificates.load(key);
      const sinceSec = plannedAtSec - 7 * daySec;
      const week = (await mailedSince(key, mailing.store, sinceSec)).filter(
        ({ mailedAtSec }) => (mailedAtSec ?? 0) <= plannedAtSec,
      );
      const asOf = { ...options, nowSec: plannedAtSec };
      return () => ({
        ...renderWeekly(key, weeklyFigures(week, mailing.detectors), certificate, asOf),
        ...common,
        tags: { kind, mode },
      });
    }
    case 'resolved': {
      const all = alerts.map(({ finding }) => ({ finding, reason: reasons[ids.indexOf(finding.id)] ?? '' }));
      return () => {
        const [one, ...others] = all;
        if (one === undefined) throw new Error('An email about nothing was planned.');
        return { ...renderResolved([one, ...others], options), ...common, tags: { kind, mode } };
      };
    }
    default: {
      const to = readers.map(({ address }) => address);
      const isAlone = kind === 'alert' && first !== undefined;
      const chart = isAlone ? await mailing.drawChart(first.finding, options.timeZone) : undefined;
      return () => ({
        ...renderMail({ kind, to, alerts, topic }, { ...options, ...(chart && { chart }) }),
        ...common,
        tags: {
          kind,
          ...(kind === 'alert' ? { detector: first?.finding.detector ?? '' } : {}),
          severity: first?.finding.severity ?? '',
          mode,
        },
      });
    }
  }
}
