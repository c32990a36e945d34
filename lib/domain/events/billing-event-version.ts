/** The version of events on their queue, see `StoredShape`. It is in a file of its own: the webhook needs no schema. */
export const billingEventVersion = 1;
