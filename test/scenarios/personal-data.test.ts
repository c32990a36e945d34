import { readFileSync } from 'node:fs';
import { draftInvoiceEvent } from '../fixtures/stripe-delivery.ts';
import { startSec } from '../hostile/event-templates.ts';
import { hostileWorld } from '../hostile/hostile-world.ts';
import { listen } from '../hostile/listen.ts';
import type { PlantedFault } from '../hostile/planted-faults.ts';
import { signedRequest } from '../hostile/signed-rubbish.ts';

/** What an event may say of a person, each with a word that stands nowhere else. The names are the rows of the docs. */
const markers = {
  'name on the bill': 'Zmarkername',
  'email address, where there is no name': 'zmarkeronlymail',
  'email address beside a name': 'zmarkermail',
  'postal address, phone, tax id': 'zmarkeraddress',
  'description of a line': 'Zmarkerline',
  'descriptions of invoices and charges, footers, metadata': 'zmarkerdescription',
  'last four digits and holder of a card': 'zmarkercard',
  'fingerprint of a guest’s card': 'zmarkerfinger',
} as const;
type Kind = keyof typeof markers;
const kinds = Object.keys(markers) as Kind[];

const m = (kind: Kind) => markers[kind];
const address = {
  line1: m('postal address, phone, tax id'),
  city: m('postal address, phone, tax id'),
  country: 'DE',
  postal_code: m('postal address, phone, tax id'),
};
const words = m('descriptions of invoices and charges, footers, metadata');
const person = {
  customer_name: m('name on the bill'),
  customer_email: `${m('email address beside a name')}@marker.example`,
  customer_address: address,
  customer_phone: m('postal address, phone, tax id'),
  customer_shipping: { name: m('postal address, phone, tax id'), address },
  customer_tax_ids: [{ type: 'eu_vat', value: m('postal address, phone, tax id') }],
  description: words,
  footer: words,
  statement_descriptor: words,
  custom_fields: [{ name: words, value: words }],
  metadata: { [words]: words },
};
const noName = {
  customer_name: null,
  customer_email: `${m('email address, where there is no name')}@marker.example`,
};

/** A customer's half year, and a draft of tenfold at its end, so that there is something to find, store and mail. */
function bills(customer: string, changes: object): readonly object[] {
  return [6, 5, 4, 3, 2, 1, 0].map((monthsAgo) => {
    const created = startSec - 900 - monthsAgo * 30 * 86_400;
    const amount = monthsAgo === 0 ? 410_000 : 41_000;
    const line = {
      id: `il_${customer}_${monthsAgo}`,
      object: 'line_item',
      amount,
      currency: 'usd',
      description: m('description of a line'),
      metadata: { note: words },
      quantity: 1,
      period: { start: created - 30 * 86_400, end: created },
      proration: false,
    };
    return draftInvoiceEvent(
      { id: `evt_${customer}_${monthsAgo}`, created },
      {
        ...person,
        ...changes,
        id: `in_${customer}_${monthsAgo}`,
        customer,
        billing_reason: 'subscription_cycle',
        created,
        automatically_finalizes_at: created + 7_200,
        amount_due: amount,
        total: amount,
        lines: { object: 'list', data: [line], has_more: false },
      },
    );
  });
}

const charge = {
  id: 'ch_marker',
  object: 'charge',
  customer: null,
  currency: 'usd',
  amount: 4_900,
  captured: true,
  created: startSec - 600,
  description: words,
  receipt_email: `${m('email address beside a name')}@marker.example`,
  billing_details: {
    name: m('name on the bill'),
    email: `${m('email address beside a name')}@marker.example`,
    phone: m('postal address, phone, tax id'),
    address,
  },
  shipping: { name: m('postal address, phone, tax id'), address },
  payment_method_details: {
    card: {
      fingerprint: m('fingerprint of a guest’s card'),
      last4: m('last four digits and holder of a card'),
      name: m('last four digits and holder of a card'),
      iin: m('last four digits and holder of a card'),
    },
  },
  metadata: { note: words },
};
const envelope = (id: string, type: string, object: object) =>
  draftInvoiceEvent({ id, type, created: startSec - 600, data: { object } });

const events: readonly object[] = [
  ...bills('cus_marker', {}),
  ...bills('cus_nameless', noName),
  envelope('evt_charge', 'charge.succeeded', charge),
  envelope('evt_again', 'charge.succeeded', { ...charge, id: 'ch_again', created: startSec - 500 }),
  envelope('evt_guest', 'charge.failed', { ...charge, id: 'ch_guest', captured: false }),
  envelope('evt_ignored', 'customer.created', { ...person, id: 'cus_marker', name: m('name on the bill') }),
];
const unreadable = draftInvoiceEvent({ id: 'evt_unreadable' }, { ...person, currency: 'not one' });

/** Where each marker is found, once all of that has gone through all functions: places in alphabetical order. */
async function foundIn(planted: PlantedFault = {}) {
  const heard = listen(Object.values(markers));
  try {
    const world = hostileWorld(startSec, planted);
    for (const event of [...events, unreadable])
      await world.post(signedRequest(Buffer.from(JSON.stringify(event)), startSec));
    const [someone = {}] = events;
    const forged = { ...signedRequest(Buffer.from(JSON.stringify(someone)), startSec), headers: {} };
    await world.post(forged);
    await world.settle();
    const places = (kind: Kind) =>
      new Set(world.kept.filter(({ text }) => text.includes(markers[kind])).map(({ place }) => place));
    return { kept: world.kept, places, mails: world.acts.mails, logged: heard.wrong };
  } finally {
    heard.stop();
  }
}

/** The rows of docs/security.md: a kind, and the places where it is stored. */
const page = readFileSync('docs/security.md', 'utf8');
function documented(kind: Kind): readonly string[] {
  const row = page.split('\n').find((line) => line.startsWith(`| ${kind} |`));
  return [...(row?.split('|')[2] ?? 'not in docs/security.md').matchAll(/`([\w.#-]+)`|\b(emails)\b/g)].map(
    ([, code, word = '']) => code ?? word,
  );
}

it('stores and mails each word about a person where docs/security.md says, and nowhere else', async () => {
  const { places, mails } = await foundIn();
  expect(mails).toBeGreaterThan(1);
  const names: Readonly<Record<string, string>> = {
    events: 'events.fifo',
    unreadable: 'unreadable-events',
    alerts: 'alerts',
    mail: 'emails',
  };
  const found = (kind: Kind) => [...places(kind)].map((place) => names[place] ?? `${place}#`).sort();
  const all = (placesOf: (kind: Kind) => readonly string[]) =>
    Object.fromEntries(kinds.map((kind) => [kind, placesOf(kind)]));
  expect(all(found)).toEqual(all((kind) => [...documented(kind)].sort()));
});

it('stores each kind of item for as long as docs/security.md says, and no longer', async () => {
  const { kept } = await foundIn();
  const rows = page.split('\n').flatMap((line) => {
    const [, where = '', days] = /^\| (`\w+#`.*?) \|.*\| (\d+) days/.exec(line) ?? [];
    return [...where.matchAll(/`(\w+)#`/g)].map(([, place = '']) => [place, Number(days)] as const);
  });
  const longest = new Map<string, number>();
  for (const { place, expiresAtSec } of kept) {
    const days = ((expiresAtSec ?? startSec) - startSec) / 86_400;
    longest.set(place, Math.max(days, longest.get(place) ?? 0));
  }
  expect(rows.map(([place]) => place)).toEqual(
    expect.arrayContaining(['customer', 'alert', 'hour', 'account']),
  );
  for (const [place, days] of rows) {
    if (!longest.has(place)) continue; // nothing of it happened here
    expect([place, (longest.get(place) ?? 0) <= days]).toEqual([place, true]);
  }
  expect(longest.get('customer')).toBeGreaterThan(790); // nor does the page promise less than is kept
  expect(longest.get('alert')).toBeGreaterThan(390);
});

it('logs none of it', async () => {
  expect((await foundIn()).logged).toEqual([]);
});

it('finds a planted word: in a log, and in an item where it does not belong', async () => {
  const { logged } = await foundIn({
    webhook: (webhook) => (request) => {
      process.stdout.write(Buffer.from(request.body ?? '', 'base64').toString());
      return webhook(request);
    },
  });
  expect(logged.length).toBeGreaterThan(0);
  const { places } = await foundIn({
    spoilItem: (item) => {
      if (item.pk?.S?.startsWith('customer#')) item.name = { S: markers['name on the bill'] };
    },
  });
  expect(places('name on the bill')).toContain('customer');
});
