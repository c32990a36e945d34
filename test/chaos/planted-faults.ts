import type { Receiver } from '../../lib/notify/receivers/receiver.ts';
import type { AlertStore } from '../../lib/store/alert/alert-store.ts';
import type { DeliveryLedger } from '../../lib/store/delivery/delivery-ledger.ts';

/* Ways in which our own code could break a promise. A run that does not report one of them checks nothing. */

/** What a fault is planted into. */
export interface Ground {
  readonly receiver: Receiver;
  readonly ledger: DeliveryLedger;
  readonly store: AlertStore;
}

export type PlantedFault = (ground: Ground) => Partial<Ground>;

/** Sends every email twice. */
export const sendTwice: PlantedFault = ({ receiver }) => ({
  receiver: {
    ...receiver,
    async send(mail, reader) {
      await receiver.send(mail, reader);
      return receiver.send(mail, reader);
    },
  },
});

/** Says of the first alert that it was sent, and sends nothing. */
export const loseFirstAlert: PlantedFault = ({ receiver }) => {
  let isLost = false;
  return {
    receiver: {
      ...receiver,
      async send(mail, reader) {
        if (isLost || mail.alertIds.length === 0) return receiver.send(mail, reader);
        isLost = true;
        return 'taken';
      },
    },
  };
};

/** Forgets that "Resolved" was sent. */
export const forgetResolved: PlantedFault = ({ store }) => ({
  store: { ...store, recordOutcome: async () => undefined },
});

/** Forgets which weeks were reported. */
export const forgetWeeks: PlantedFault = ({ ledger, store }) => ({
  store: {
    ...store,
    async acquireLease(key, nowSec) {
      const turn = await store.acquireLease(key, nowSec);
      return turn === 'held'
        ? turn
        : { ...turn, mailed: turn.mailed.filter(({ topic }) => topic !== 'weekly') };
    },
  },
  ledger: {
    ...ledger,
    list: async (key) => (await ledger.list(key)).filter(({ kind }) => kind !== 'weekly'),
    async begin(key, delivery) {
      if (delivery.kind !== 'weekly') return ledger.begin(key, delivery);
      await ledger.save(key, delivery);
      return true;
    },
  },
});

/** Sends first, and writes only afterwards. */
export const forgetIntent: PlantedFault = ({ ledger }) => ({
  ledger: {
    ...ledger,
    begin: async () => true,
    async save(key, delivery) {
      if (delivery.readers.every(({ state }) => state !== 'sending')) await ledger.save(key, delivery);
    },
  },
});
