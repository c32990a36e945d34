import { judgeAndLearn } from '../../../lib/detect/pipeline.ts';
import { exampleInvoice } from '../../../lib/detectors/examples/example-events.ts';
import { accountDetectors, eventDetectors } from '../../../lib/detectors/registry.ts';
import { missedRenewal } from '../../../lib/detectors/subscription/missed-renewal.ts';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import { emptyRecord } from '../../../lib/domain/record/customer-record.ts';
import { render } from '../../../lib/message/email/render.ts';
import { silenceWords } from '../../../lib/message/silence-words.ts';
import { measuredBy } from '../../fixtures/boundary/at-value.ts';
import { type Judged, judgeAgain, type Known } from '../../fixtures/boundary/judged.ts';
import { oneFewer } from '../../fixtures/boundary/one-fewer.ts';
import { everyExample, judgedExamples } from '../../fixtures/every-example.ts';

const options = { timeZone: 'Europe/Berlin', mailDomain: 'acme.example' };
const emails = everyExample().map(({ name, finding }) => {
  const { subject, text } = render(finding, { ...options, nowSec: finding.receivedAtSec + 60 });
  return { name, finding, subject, text, body: text.slice(0, text.indexOf('\n--\n')) };
});

/** The examples in whose email something is wrong, each with what it says. */
const wrongIn = (
  isWrong: (email: (typeof emails)[number]) => RegExpExecArray | boolean | null | undefined,
): readonly string[] => emails.filter(isWrong).map(({ name, subject }) => `${name}: ${subject}`);

it('looks at what every detector says', () => {
  const all = [...eventDetectors, ...accountDetectors, missedRenewal].map(({ id }) => id);
  const seen = new Set(emails.map(({ finding }) => finding.detector));
  expect([...all, 'endpoint-disabled'].filter((id) => !seen.has(id))).toEqual([]);
});

/** The values at which an email says that there would have been no alert, read from its words. */
function silentValues(finding: Finding): readonly number[] {
  const words = silenceWords(finding) ?? '';
  const values = /^(?:At(?: exactly)?|With|From) (.+?)(?: or \w+| to (.+?))? this check would/.exec(words);
  return (values ?? []).slice(1).flatMap((value: string | undefined) => {
    if (value === undefined) return [];
    const digits = value.replace(/[^\d.]/g, '');
    const amount = Number(finding.measure.kind === 'money' ? digits.replace('.', '') : digits);
    return value.endsWith('credit') ? -amount : amount;
  });
}

/** What any detector says of a case. */
const saidOf = ({ event, record }: Known): readonly string[] =>
  judgeAndLearn(event, record, eventDetectors).findings.map(
    ({ detector, summary }) => `${detector}: ${summary}`,
  );

/** The case with the finding's quantity at a value; of counts with so many fewer things that were counted. */
function caseAt(judged: Judged, value: number): Known | undefined {
  const measured = measuredBy(judged);
  if (measured !== undefined) return measured.at(judged, value);
  let known: Known = judged;
  for (let count = judged.finding.actual; count > value; count -= 1) {
    const fewer = oneFewer(known);
    const next = fewer.find((one) => (judgeAgain(judged, one)?.actual ?? value) === count - 1);
    if (next === undefined) return undefined;
    known = next;
  }
  return known;
}

const withSilence = judgedExamples().flatMap((judged) => {
  const values = silentValues(judged.finding);
  return values.length === 0 ? [] : [[judged.name, judged, values] as const];
});

describe('at the values that an email names there would have been no alert', () => {
  it('reads as many values as there are findings with a boundary', () => {
    const named = everyExample().filter(({ finding }) => finding.boundary !== null);
    expect(named.filter(({ finding }) => silentValues(finding).length === 0)).toEqual([]);
    expect(withSilence.length).toBeGreaterThan(30);
  });

  it.each(withSilence)('of any check: %s', (_name, judged, values) => {
    for (const value of values) {
      const known = caseAt(judged, value);
      expect(known === undefined ? [`no such case: ${value}`] : saidOf(known)).toEqual([]);
    }
  });

  it.each(withSilence)(
    'nor of this check on the side, or between the values: %s',
    (_name, judged, values) => {
      const { finding } = judged;
      const measured = measuredBy(judged);
      const [first = 0, second = first] = values;
      if (measured === undefined) return; // of fewer things nothing fires that did not of more
      const isOneSided = finding.farBoundary === undefined;
      const usual = finding.typical ?? finding.expected.low;
      const beyond = finding.actual > first ? [usual / 2, usual / 4] : [usual * 2, usual * 4];
      const between = isOneSided ? [usual, (first + usual) / 2, ...beyond] : [(first + second) / 2];
      const unit = measured.unitIn(finding.money.currency);
      for (const value of between.map((one) => Math.round(one / unit) * unit))
        expect(judgeAgain(judged, measured.at(judged, value))).toBeUndefined();
    },
  );
});

it('names no value at which an invoice of nothing would be silent: a cent wakes another check', () => {
  const paid = [0, 1, 2, 3, 4, 5].map((month) => exampleInvoice(month, 41_000));
  const record = paid.reduce((before, event) => judgeAndLearn(event, before, []).record, emptyRecord);
  const ofMinor = (minor: number) =>
    judgeAndLearn(exampleInvoice(6, minor, {}, 'invoice_finalized'), record, eventDetectors);
  expect(ofMinor(0).findings).toMatchObject([{ detector: 'zero-invoice', boundary: null }]);
  expect(ofMinor(1).findings).toMatchObject([{ detector: 'amount-drop' }]);
});

describe('the state of the money', () => {
  const ofNothing = judgedExamples().filter(
    ({ event }) => 'invoice' in event && event.invoice.amountDueMinor <= 0,
  );

  it.each(['draft', 'open', 'paid'] as const)('collects nothing where nothing is due: %s', (status) => {
    expect(ofNothing.length).toBeGreaterThan(5);
    const kinds = { draft: 'invoice_drafted', open: 'invoice_finalized', paid: 'invoice_paid' } as const;
    for (const { event, record, detector } of ofNothing) {
      if (!('invoice' in event)) continue;
      const changed = { ...event, kind: kinds[status], invoice: { ...event.invoice, status } };
      for (const finding of judgeAndLearn(changed, record, [detector]).findings) {
        const { subject, text } = render(finding, { ...options, nowSec: finding.atSec + 60 });
        expect(`${subject}\n${text}`).not.toMatch(
          /money has been collected|charges in|and charged|not yet paid/,
        );
        expect(text).toMatch(/nothing (was|is) due/i);
      }
    }
  });

  it('says that money was collected only of a payment that succeeded, or a paid invoice of an amount', () => {
    const isPaidOf = ({ finding: { object, money } }: (typeof emails)[number]): boolean =>
      object.startsWith('ch_') || (object.startsWith('in_') && money.isNothingDue === undefined);
    expect(wrongIn((email) => /money has been collected/.test(email.body) && !isPaidOf(email))).toEqual([]);
  });
});

describe('what is usual', () => {
  it('is never said to be about zero, or an expected range that reaches to the boundary', () => {
    expect(wrongIn(({ subject, body }) => /about 0(\.0)?\b(?!\.)/.exec(`${subject}\n${body}`))).toEqual([]);
    expect(wrongIn(({ body }) => /Expected range|nothing was expected/.exec(body))).toEqual([]);
  });

  it('holds each earlier value that counts as usual, and nothing beyond them', () => {
    for (const { finding, body } of emails) {
      const usual = finding.history.points.filter((point) => point.usual).map(({ value }) => value);
      expect(/^Usual so far:/m.test(body)).toBe(finding.certainty === 'unusual' && usual.length > 0);
      if (usual.length === 0) continue;
      const [, words = ''] = /^Usual so far: +(.*)$/m.exec(body) ?? [];
      const isOne = Math.min(...usual) === Math.max(...usual);
      expect(words.includes(' to ')).toBe(!isOne);
    }
  });

  it('says less where there is less: a silence is no sign of more business', () => {
    const silences = emails.filter(({ finding }) => finding.detector === 'webhook-silence');
    const [ongoing] = silences;
    expect(ongoing?.subject).toBe('Critical: Customers heard of in 5 hours: 0 customers, usually about 20');
    expect(ongoing?.body).toMatch(/^Difference: +20 customers less than the expected 20 customers/m);
    expect(silences).toHaveLength(3);
  });

  it('is by the direction of the difference', () => {
    const isWrong = ({ finding, body }: (typeof emails)[number]): boolean => {
      const { actual, expected, typical, certainty } = finding;
      const reference = certainty === 'unusual' && typical !== undefined ? typical : expected.low;
      return (/^Difference:.* less\b/m.exec(body) !== null) !== actual < reference;
    };
    expect(wrongIn(isWrong)).toEqual([]);
  });
});

describe('the words for things', () => {
  it('call no draft a payment', () => {
    const isToCome = ({ money }: Finding): boolean => money.state === 'draft' || money.state === 'upcoming';
    const isWrong = ({ finding }: (typeof emails)[number]) =>
      isToCome(finding) &&
      /payment|paid|charged/i.exec([finding.summary, finding.headline, finding.measure.what].join('\n'));
    expect(wrongIn(isWrong)).toEqual([]);
    const ofDrafts = emails.filter(({ finding }) => isToCome(finding));
    const ruled = ofDrafts.filter(({ finding }) => /customer's last \d+ payments/.test(finding.rule));
    expect(ruled.map(({ name }) => name)).toEqual([]);
  });

  it('count in the singular and the plural, and count what they list', () => {
    expect(wrongIn(({ text }) => /\b1 (earlier values|lines|findings)\b|the first 1 /.exec(text))).toEqual(
      [],
    );
    expect(wrongIn(({ body }) => /below earlier values/.exec(body))).toEqual([]);
    const [many] = emails.filter(({ finding }) => finding.history.count > 24);
    expect(many?.body).toMatch(/^Earlier values: +the last 24 of 69$/m);
  });

  it('send no reader to a checkout first where renewals may be meant', () => {
    const [drop] = emails.filter(({ finding }) => finding.detector === 'revenue-drop');
    expect(drop?.finding.nextSteps[0]).toMatch(/whether invoices are made/);
    expect(drop?.finding.nextSteps[1]).toMatch(/^If customers pay at a checkout/);
  });
});

it('breaks a credit down to its total, in rows that say what they are', () => {
  const credits = emails.filter(({ finding }) => finding.detector === 'negative-invoice');
  expect(credits.length).toBeGreaterThan(2);
  for (const { finding, body } of credits) {
    const { rows = [], totalMinor } = finding.breakdown ?? {};
    expect(rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(totalMinor);
    expect(totalMinor).toBe(finding.actual - (finding.typical ?? 0));
    expect(body).not.toMatch(/balances|More than usual/);
  }
});
