import { type BadLine, readEvents } from '../../../infra/cli/replay/read-events.ts';
import { draftInvoiceEvent } from '../../fixtures/stripe-delivery.ts';

const event = (nth: number, created = 1_780_000_000 + nth) =>
  draftInvoiceEvent({ id: `evt_${nth}`, created });
const [first, second, third, fourth] = [event(1), event(2), event(3), event(4)];
const inEnvelope = (detail: object) => ({
  version: '0',
  'detail-type': 'invoice.created',
  source: 'x',
  detail,
});
const page = (...data: readonly object[]) => ({ object: 'list', data, has_more: true, url: '/v1/events' });
const json = (value: unknown) => JSON.stringify(value);
const pretty = (value: unknown) => JSON.stringify(value, null, 2);

async function read(...texts: readonly string[]) {
  const badLines: BadLine[] = [];
  let objects = 0;
  async function* blocks() {
    for (const [index, text] of texts.entries())
      yield { file: `file ${index + 1}`, firstLine: 1, lines: text.split('\n') };
  }
  const batches: string[][] = [];
  const observer = {
    onObject: () => {
      objects += 1;
    },
    onBadLine: (bad: BadLine) => void badLines.push(bad),
  };
  for await (const events of readEvents(blocks(), observer)) batches.push(events.map((one) => one.event.id));
  return { ids: batches.flat(), badLines, objects, batches };
}

it.each([
  ['JSON lines', [json(first), json(second), json(third)].join('\n')],
  ['events over many lines', [pretty(first), pretty(second), pretty(third)].join('\n')],
  ['a page', json(page(third, second, first))],
  ['a page over many lines', pretty(page(third, second, first))],
  ['pages', [page(third, second), page(first)].map(pretty).join('\n')],
  ['pages, one a line', [page(third, second), page(first)].map(json).join('\n')],
  ['an array of pages', json([page(third, second), page(first)])],
  ['an array of pages over many lines', pretty([page(third, second), page(first)])],
  ['an array', json([first, second, third])],
  ['an array, newest first', json([third, second, first])],
  ['an array over many lines, newest first', pretty([third, second, first])],
  ['an array with an event a line', `[\n${[first, second, third].map(json).join(',\n')}\n]`],
  ['envelopes', [first, second, third].map(inEnvelope).map(json).join('\n')],
  ['an array of envelopes', pretty([first, second, third].map(inEnvelope))],
  ['a page of envelopes', pretty(page(...[third, second, first].map(inEnvelope)))],
])('reads %s, oldest first', async (_name, text) => {
  const { ids, badLines, objects } = await read(text);
  expect(ids).toEqual(['evt_1', 'evt_2', 'evt_3']);
  expect(badLines).toEqual([]);
  expect(objects).toBe(3);
});

it('reads pages in several files as one list', async () => {
  expect((await read(pretty(page(fourth, third)), pretty(page(second, first)))).ids).toEqual([
    'evt_1',
    'evt_2',
    'evt_3',
    'evt_4',
  ]);
});

it('keeps what a page lists for one second in the order in which it was made', async () => {
  const at = 1_780_000_000;
  const sameSecond = [event(3, at), event(2, at), event(1, at)];
  expect((await read(json(page(...sameSecond)))).ids).toEqual(['evt_1', 'evt_2', 'evt_3']);
});

it('gives JSON lines as they come, in their own order', async () => {
  const { batches } = await read(json(second), json(first));
  expect(batches.filter(({ length }) => length > 0)).toEqual([['evt_2'], ['evt_1']]);
});

it('orders by arrival where that is known', async () => {
  const late = { ...first, _received_at: third.created + 1 };
  expect((await read(json(page(third, late)))).ids).toEqual(['evt_3', 'evt_1']);
});

it('names what is no event, where it is, and continues', async () => {
  const text = [json([]), json(page(first, { object: 'charge', id: 'ch_1' })), json('a'), json(second)].join(
    '\n',
  );
  const { ids, badLines } = await read(text);
  const reason = 'it is JSON, but not a Stripe event';
  expect(badLines).toEqual([
    { file: 'file 1', lineNumber: 1, reason },
    { file: 'file 1', lineNumber: 2, reason: `${reason}: it is a charge` },
    { file: 'file 1', lineNumber: 3, reason },
  ]);
  expect(ids).toEqual(['evt_1', 'evt_2']);
});
