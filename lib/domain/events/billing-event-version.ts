/** Of events on their queue; see `StoredShape`. By itself, as the webhook writes events and need not hold their schema. */
export const billingEventVersion = 1;
