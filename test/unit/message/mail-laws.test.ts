import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { demoEvents } from '../../../infra/local/demo/demo-company.ts';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import { normalizeEvent } from '../../../lib/stripe/event/normalize.ts';
import { everyExample } from '../../fixtures/every-example.ts';
import { findingsOf } from '../../fixtures/findings-of.ts';
import { type BuiltMessage, builtMail, builtReport } from './built-message.ts';
import { mailLaws } from './mail-laws.ts';
import { collections, mailOptions, planned } from './sample-collections.ts';
import * as sampleFindings from './sample-findings.ts';
import { nowSec } from './sample-findings.ts';
import { quietWeek, reports } from './sample-reports.ts';

/** Each by itself, as it is mailed a minute after it happened; and all in one digest and one storm. */
async function mailsAbout(findings: readonly Finding[]): Promise<readonly BuiltMessage[]> {
  const alone = findings.map((finding) =>
    builtMail(planned('alert', [finding], finding.id), { ...mailOptions, nowSec: finding.atSec + 60 }),
  );
  const together = (['digest', 'storm'] as const).map((kind) => builtMail(planned(kind, findings, kind)));
  return Promise.all([...alone, ...together]);
}

function ofSamples(): readonly Finding[] {
  const { draftSpike, yenCharge, usageSpike, brokenSum, cardTesting } = sampleFindings;
  return [draftSpike, yenCharge, usageSpike, brokenSum, cardTesting];
}

/** What every detector says of its own examples. */
function ofExamples(): readonly Finding[] {
  return everyExample().map(({ finding }) => finding);
}

function ofDemo(): readonly Finding[] {
  const { history, today } = demoEvents({ todaySec: nowSec });
  return findingsOf([...history, ...today].flatMap((event) => billingEvents(event, nowSec)));
}

function billingEvents(json: unknown, receivedAtSec: number) {
  const normalized = normalizeEvent(json, receivedAtSec);
  return normalized.kind === 'event' ? [normalized.event] : [];
}

const sampleAccounts = join(__dirname, '../../../../shared/samples');

/** Of the customers with an incident in labelled accounts, where those are at hand. */
function ofSampleAccount(name: string): readonly Finding[] {
  const linesOf = (kind: string) =>
    gunzipSync(readFileSync(join(sampleAccounts, `${name}.${kind}.jsonl.gz`)))
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '');
  const labels = linesOf('labels').map((line): { label: string; customer?: string } => JSON.parse(line));
  const customers = new Set(
    labels.flatMap(({ label, customer }) => (label === 'anomaly' ? (customer ?? []) : [])),
  );
  const lines = linesOf('events').filter((line) =>
    customers.has(/"customer": ?"(\w+)"/.exec(line)?.[1] ?? ''),
  );
  return findingsOf(
    lines.flatMap((line) => {
      const event: { _received_at?: number } = JSON.parse(line);
      return billingEvents(event, event._received_at ?? 0);
    }),
  );
}

const sources: Record<string, () => readonly Finding[]> = {
  'the sample findings': ofSamples,
  'what each detector says of its examples': ofExamples,
  'the demo’s findings': ofDemo,
};
const accounts = existsSync(sampleAccounts) ? readdirSync(sampleAccounts) : [];
for (const name of ['metered', 'saas'])
  if (accounts.includes(`${name}.events.jsonl.gz`))
    sources[`the account ${name}`] = () => ofSampleAccount(name);

describe.each(Object.entries(sources))('every email about %s has', (_name, findings) => {
  let messages: readonly BuiltMessage[] = [];
  beforeAll(async () => {
    messages = await mailsAbout(findings());
    expect(messages.length).toBeGreaterThan(5);
  });

  it.each(Object.entries(mailLaws))('%s', (_law, breaches) => {
    expect(
      messages
        .map((message) => [message.mail.subject, ...breaches(message)])
        .filter(({ length }) => length > 1),
    ).toEqual([]);
  });
});

describe.each(Object.entries(collections))('the email about %s has', (_name, collection) => {
  it.each(Object.entries(mailLaws))('%s', async (_law, breaches) => {
    expect(breaches(await builtMail(collection))).toEqual([]);
  });
});

describe.each(Object.entries(reports))('the email about %s has', (_name, report) => {
  it.each(Object.entries(mailLaws))('%s', async (_law, breaches) => {
    expect(breaches(await builtReport(report))).toEqual([]);
  });
});

it('holds the report of a week in which nothing was found to all laws but that it links to something', async () => {
  const message = await builtReport(quietWeek);
  expect(Object.values(mailLaws).flatMap((breaches) => breaches(message))).toEqual(['no link']);
});
