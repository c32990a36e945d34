/** What is needed to know of a detector where its findings are followed up: derived from the registry when deployed. */
export interface DetectorSummary {
  readonly id: string;
  readonly kind: 'event' | 'account' | 'renewal' | 'endpoint';
  /** The operator has switched it off. */
  readonly isOff: boolean;
  /** An alert is over when the amount due is as expected again. */
  readonly resolvesBy?: 'amount' | undefined;
  /** An alert about the whole account is over when its condition was not seen for so long. */
  readonly overAfterHours?: number | undefined;
}
