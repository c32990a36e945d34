import type { Certificate } from '../../domain/account/certificate.ts';
import type { AccountKey } from '../../domain/events/billing-event.ts';
import { InfrastructureError } from '../../infrastructure-error.ts';

export interface LoadedCertificate {
  readonly certificate: Certificate;
  /** The version that was read; 0 when there was none. */
  readonly version: number;
}

/**
 * Stores the certificate of each account. Every adapter promises (test/contract runs it on each):
 * - what was saved is loaded, and an empty certificate before the first save;
 * - of two saves from the same load, one is refused.
 */
export interface CertificateStore {
  load(key: AccountKey): Promise<LoadedCertificate>;
  /**
   * Saves the certificate over the loaded one.
   * @returns what is stored now, to save the next one over
   * @throws {CertificateConflictError} another run wrote it since it was loaded
   */
  save(key: AccountKey, loaded: LoadedCertificate, after: Certificate): Promise<LoadedCertificate>;
}

/** Thrown when two runs reconcile one account at once: the other one continues, this one ends. */
export class CertificateConflictError extends InfrastructureError {
  constructor() {
    super('Another run of reconcile is at this account. It continues; this one ends.');
    this.name = 'CertificateConflictError';
  }
}
