const shape = /^t=\d{10}(?:,v\d=[0-9a-f]{64})*,v1=[0-9a-f]{64}(?:,v\d=[0-9a-f]{64})*$/;

/**
 * Whether a header has the shape of Stripe's signatures, right or wrong. Strangers who scan for weaknesses send none:
 * refused, it is most likely Stripe's own, made with a secret that we don't have.
 * @example looksSigned('t=1,v1=00') // false
 */
export function looksSigned(header: string | undefined): boolean {
  return header !== undefined && shape.test(header.replaceAll(/\s/g, ''));
}
