import type { Certificate } from '../../domain/account/certificate.ts';
import type { AccountKey } from '../../domain/events/billing-event.ts';

export interface LoadedCertificate {
  readonly certificate: Certificate;
  /** When it was read; 0 when there was none. */
  readonly version: number;
}

/**
 * Keeps what was proven to have been seen of each account. What every adapter promises (test/contract runs it on each):
 * - what was saved is loaded, and an empty certificate before the first save;
 * - of two saves from the same load, one is refused.
 */
export interface CertificateStore {
  load(key: AccountKey): Promise<LoadedCertificate>;
  /**
   * @returns what is stored now, to save the next one over
   * @throws {CertificateConflictError} another run wrote it since it was loaded
   */
  save(key: AccountKey, loaded: LoadedCertificate, after: Certificate): Promise<LoadedCertificate>;
}

/** Two runs looked at one account at once: the other one goes on, this one ends. */
export class CertificateConflictError extends Error {
  constructor() {
    super('Another run of reconcile is at this account. It goes on; this one ends.');
    this.name = 'CertificateConflictError';
  }
}
