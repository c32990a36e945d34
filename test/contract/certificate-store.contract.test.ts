import { type Certificate, emptyCertificate } from '../../lib/domain/account/certificate.ts';
import {
  CertificateConflictError,
  type CertificateStore,
} from '../../lib/store/certificate/certificate-store.ts';
import { dynamoCertificateStore } from '../../lib/store/certificate/dynamo-certificate-store.ts';
import { startDynaliteTable } from '../fixtures/dynalite-table.ts';
import { memoryCertificateStore } from '../fixtures/memory/memory-certificate-store.ts';

const certificate: Certificate = {
  untilSec: 1_767_229_200,
  stretches: [
    {
      fromSec: 1_767_225_600,
      toSec: 1_767_229_200,
      events: { made: 10, seen: 9 },
      objects: { made: 4, seen: 4 },
      sentIn: 1,
      looks: 1,
    },
  ],
  endpoint: { problem: 'it is disabled', sinceSec: 1_767_229_200 },
};

const stores: readonly [string, () => Promise<{ store: CertificateStore; stop(): Promise<void> }>][] = [
  ['memory', async () => ({ store: memoryCertificateStore(), stop: async () => {} })],
  [
    'DynamoDB',
    async () => {
      const { client, tableName, stop } = await startDynaliteTable();
      return { store: dynamoCertificateStore(client, tableName), stop };
    },
  ],
];

describe.each(stores)('the certificate store in %s', (_name, start) => {
  let store: CertificateStore;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ store, stop } = await start());
  });
  afterAll(() => stop());

  it('gives back what was saved, each mode by itself, and an empty one before', async () => {
    const key = { account: 'acct_1', livemode: true };
    const before = await store.load(key);
    expect(before.certificate).toEqual(emptyCertificate);
    await store.save(key, before, certificate);
    expect((await store.load(key)).certificate).toEqual(certificate);
    expect((await store.load({ ...key, livemode: false })).certificate).toEqual(emptyCertificate);
  });

  it('is saved again over what a save gave back, and refuses a second save from one load', async () => {
    const key = { account: 'acct_2', livemode: true };
    const first = await store.load(key);
    const second = await store.save(key, first, certificate);
    await expect(store.save(key, first, emptyCertificate)).rejects.toThrow(CertificateConflictError);
    await store.save(key, second, { ...certificate, endpoint: null });
    await expect(store.save(key, second, certificate)).rejects.toThrow(CertificateConflictError);
    expect((await store.load(key)).certificate).toEqual({ ...certificate, endpoint: null });
  });
});
